import { type Opened, type Position, whyNotRead } from '@overlay-render/system'

import { type RenderCode, RenderFault } from './render-fault.ts'
import type { Stage } from './stage.ts'

/** How messages name a file that a setting or a step needs, and what to do when it cannot be read. */
export interface WantedInput {
  /** Such as `the template base/rbac.yaml`. */
  readonly subject: string
  /** The code of the fault when the file cannot be read. */
  readonly code: RenderCode
  readonly hint?: string | undefined
  readonly position?: Position | undefined
}

/** The hints that do not depend on the purpose of the file. */
const HINTS: Partial<Record<Opened['outcome'], string>> = {
  outside:
    'name a file inside the git work tree or, where there is none, inside the workspace or the folder that configs.base names',
  'broken-link': 'correct the link, or remove it',
  'link-loop': 'correct the link, or remove it',
}

/** The hint for a file that exists but is not visible with stub secrets. */
export const HIDDEN_HINT = 'add it to git, or render with real secrets, which is for code that you trust'

/**
 * Reads the staged file at `path`, following links.
 *
 * @throws RenderFault of the given code; `outside-boundary` for a file outside the boundary
 * @throws SystemFault `not-readable`
 */
export function readInput(
  stage: Stage,
  path: string,
  wanted: WantedInput,
): { readonly real: string; readonly bytes: Uint8Array } {
  const opened = stage.open(path)
  if (opened.outcome === 'file') return { real: opened.real, bytes: opened.read() }
  throw cannotRead(opened, wanted, stage.tree.shown)
}

/** The fault for a file that cannot be read. */
export function cannotRead(
  opened: Exclude<Opened, { outcome: 'file' }>,
  { subject, code, hint, position }: WantedInput,
  shown: (path: string) => string,
): RenderFault {
  const isHidden = 'hidden' in opened && opened.hidden
  return new RenderFault({
    code: opened.outcome === 'outside' ? 'outside-boundary' : code,
    message: `${subject} ${whyNotRead(opened, shown)}`,
    hint: isHidden ? HIDDEN_HINT : (HINTS[opened.outcome] ?? hint),
    position,
  })
}
