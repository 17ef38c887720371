import { alignTable, formatPosition } from '@overlay-render/system'
import type { Affected, AffectedOverlays, Reason } from '@overlay-render/render'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { AffectedJson } from '../json/affected.ts'
import { printJson } from '../print-json.ts'
import { startProgress } from '../progress-line.ts'

/** Lists the overlays that a change can affect, and why. Always exits 0. */
export async function affectedCommand(context: CommandContext, base: string): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const found = await workspace.affected(base, progress).finally(() => progress.stop())
  if (terminal.json) {
    const { commit, affected, unaffected, borrowsConfiguration } = found
    printJson<AffectedJson>(terminal.stdout, { base, commit, affected, unaffected, borrowsConfiguration })
    return ExitStatus.fine
  }
  for (const line of affectedTable(found.affected, terminal.width)) terminal.stdout.say(`${line}\n`)
  if (!terminal.quiet) terminal.stdout.say(`${summary(base, found)}\n`)
  return ExitStatus.fine
}

/** One row for each overlay: its name, how it changed, and the first reason. */
export function affectedTable(affected: readonly Affected[], width: number): string[] {
  const rows = affected.map((one) => [one.overlay, one.change, describeReasons(one.reasons)])
  return alignTable(rows, width)
}

/** Such as `The change since origin/main (1a2b3c4) can affect 1 of 3 overlays.` */
export function summary(
  base: string,
  {
    commit,
    affected,
    unaffected,
    borrowsConfiguration,
  }: Pick<AffectedOverlays, 'commit' | 'unaffected' | 'borrowsConfiguration'> & {
    readonly affected: readonly unknown[]
  },
): string {
  const count = affected.length + unaffected.length
  const reach = `The change since ${base} (${commit.slice(0, 7)}) can affect ${affected.length} of ${count} overlays.`
  return borrowsConfiguration
    ? `${reach} The base has no valid overlay-render.yaml, so the work tree's was used for it.`
    : reach
}

const MAX_REASONS = 1

function describeReasons(reasons: readonly Reason[]): string {
  const shown = reasons.slice(0, MAX_REASONS).map(describeReason)
  const more = reasons.length - shown.length
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}

function describeReason({ kind, path, named }: Reason): string {
  const what = WORDS[kind](path)
  return named === undefined ? what : `${what} (${formatPosition(named)})`
}

const WORDS: Readonly<Record<Reason['kind'], (path: string) => string>> = {
  changed: (path) => `${path} changed`,
  added: (path) => `${path} was added`,
  removed: (path) => `${path} was removed`,
  listing: (path) => `other files are in ${path}`,
  configuration: (path) => `its settings in ${path} changed`,
  'not-readable': (path) => `what ${path} reads is unknown, because it cannot be rendered`,
}
