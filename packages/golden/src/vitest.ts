import { basename, dirname, resolve } from 'node:path'

import type { MatcherState } from 'vitest'

import { formatDiff } from './reports/format-diff.ts'
import { Manifests, parseManifests } from './resources/manifests.ts'
import type { DiffRules } from './rules/diff-rules.ts'
import type { GoldenLayout } from './store/golden-files.ts'
import { GoldenStore } from './store/golden-store.ts'

/** Options of `toMatchGolden`. */
export interface MatchGoldenOptions {
  /** Rules for what to ignore, redact, or match by other keys. */
  readonly rules?: DiffRules
  /** `resources` stores one file per resource, in a folder with the golden's name without `.yaml`. */
  readonly layout?: GoldenLayout
}

/** The manifests to compare: text, bytes, parsed manifests, or a render of `@overlay-render/render`. */
export type GoldenSubject = string | Uint8Array | Manifests | { readonly objects: Manifests }

/** The result of a vitest matcher. */
export interface GoldenMatch {
  readonly pass: boolean
  readonly message: () => string
}

type State = Pick<MatcherState, 'isNot' | 'testPath'> & {
  readonly snapshotState: { readonly snapshotUpdateState: 'all' | 'new' | 'none' }
}

/**
 * Compares manifests with a golden file, like `golden check`. Like a snapshot, a missing golden is written, except in CI,
 * and `vitest -u` accepts differences. Store only renders with stub secrets in a golden.
 *
 * @param file the golden, such as `golden/production.yaml`, relative to the file of the test
 * @throws GoldenFault when the manifests or the golden cannot be read
 */
async function toMatchGolden(
  this: State,
  received: GoldenSubject,
  file: string,
  { rules = {}, layout = 'file' }: MatchGoldenOptions = {},
): Promise<GoldenMatch> {
  const path = resolve(dirname(this.testPath ?? '.'), file)
  const name = basename(path, '.yaml')
  const store = new GoldenStore(dirname(path), { layout, shown: dirname(file) })
  const manifests = manifestsOf(received)
  const { missing, differs, diff } = await store.check(name, manifests, rules)
  const mode = this.snapshotState.snapshotUpdateState
  if (differs && !this.isNot && (mode === 'all' || (mode === 'new' && missing))) {
    await store.update(name, manifests, rules)
    return { pass: true, message: () => `${file} was written` }
  }
  const report = formatDiff(diff, 'text')
  return {
    pass: !differs,
    message: () => {
      if (!differs) return `the manifests match ${file}`
      const what = missing ? `there is no golden ${file}` : `the manifests differ from ${file}`
      return `${what}\n\n${report}\nTo accept: vitest -u`
    },
  }
}

function manifestsOf(received: GoldenSubject): Manifests {
  if (typeof received === 'string' || received instanceof Uint8Array)
    return parseManifests(received, { file: 'received' })
  if (received instanceof Manifests) return received
  if (isObject(received) && received.objects instanceof Manifests) return received.objects
  throw new TypeError('toMatchGolden expects manifests as text or bytes, parsed manifests, or a render')
}

function isObject(value: unknown): value is { readonly objects?: unknown } {
  return typeof value === 'object' && value !== null
}

/** For `expect.extend(goldenMatchers)` in a test or in vitest's `setupFiles`. */
export const goldenMatchers: { readonly toMatchGolden: typeof toMatchGolden } = { toMatchGolden }

declare module 'vitest' {
  interface Matchers<T> {
    /** Compares manifests with a golden file, relative to the file of the test; see `@overlay-render/golden/vitest`. */
    toMatchGolden(file: string, options?: MatchGoldenOptions): Promise<T>
  }
}
