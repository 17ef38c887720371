import type { GoldenCheck } from '@overlay-render/render'

import { acceptCommand } from './commands-to-run.ts'
import type { CommandContext } from './context.ts'
import { paint } from './terminal.ts'

/** The result of comparing overlays with their goldens. */
export interface Verdict {
  readonly checks: readonly GoldenCheck[]
  readonly differing: readonly GoldenCheck[]
  /** Deleted overlays that still have a golden. */
  readonly gone: readonly string[]
  /** The options that selected the overlays. */
  readonly flags: { readonly base?: string | undefined; readonly shard?: string | undefined }
}

/** Why there is nothing to compare. */
function whyNothing({ base, shard }: Verdict['flags']): string {
  if (shard !== undefined) return `part ${shard} has no overlay`
  return base === undefined ? 'no overlay and no golden' : `the change since ${base} can affect no overlay`
}

/** Prints the verdict. Its last line is the command that accepts the change. */
export function sayVerdict(
  { checks, differing, gone, flags }: Verdict,
  { terminal, folder }: CommandContext,
): void {
  const ignored = checks.reduce((sum, check) => sum + check.ignored, 0)
  const note = ignored === 0 ? '' : ` (${ignored} ignored ${ignored === 1 ? 'difference' : 'differences'})`
  if (differing.length + gone.length === 0) {
    if (checks.length === 0) {
      terminal.stdout.say(`Nothing to compare: ${whyNothing(flags)}.\n`)
      return
    }
    const count = checks.length === 1 ? 'The golden matches' : `All ${checks.length} goldens match`
    terminal.stdout.say(`${paint(terminal, 'green', count)}${note}.\n`)
    return
  }
  const missing = differing.filter((check) => check.missing).map(({ overlay }) => overlay)
  if (missing.length > 0) terminal.stdout.say(`No golden yet: ${missing.join(', ')}.\n`)
  if (gone.length > 0) terminal.stdout.say(`A golden without an overlay: ${gone.join(', ')}.\n`)
  // Naming a deleted overlay removes its golden, such as the old name of a renamed overlay.
  const names = [...differing.map(({ overlay }) => overlay), ...gone]
  terminal.stdout.say(`To accept${note}: ${acceptCommand(folder, names)}\n`)
}
