import type { PinComparison } from '@overlay-render/render'
import type { Fault } from '@overlay-render/system'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { startProgress } from '../progress-line.ts'
import { screenReport } from '../reports.ts'
import { alignTable } from '../table.ts'

/** Shows what another kustomize or kubectl would change. Exits 1 when an overlay differs or one of the two does not build it. */
export async function pinCompareCommand(
  context: CommandContext,
  before: string,
  after: string,
  overlays: readonly string[],
): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const comparisons = await workspace
    .comparePins(before, after, overlays, progress)
    .finally(() => progress.stop())
  const differs = comparisons.some((comparison) => !isSame(comparison))
  const entries = comparisons.flatMap((comparison) =>
    comparison.outcome === 'compared' && !isSame(comparison)
      ? [{ title: `${comparison.overlay}: ${before} → ${after}`, diff: comparison.diff, sameCluster: true }]
      : [],
  )
  if (terminal.json) {
    const data = comparisons.map((comparison) => describeJson(comparison))
    terminal.stdout.write(`${JSON.stringify({ before, after, overlays: data }, undefined, 2)}\n`)
    return differs ? ExitStatus.difference : ExitStatus.fine
  }
  if (entries.length > 0) terminal.stdout.write(screenReport(entries, terminal, 'text'))
  const rows = comparisons.map((comparison) => [comparison.overlay, describe(comparison, before, after)])
  for (const line of alignTable(rows)) terminal.stdout.write(`${line}\n`)
  return differs ? ExitStatus.difference : ExitStatus.fine
}

function isSame(comparison: PinComparison): boolean {
  return comparison.outcome === 'compared' && comparison.diff.resources.length === 0
}

function describe(comparison: PinComparison, before: string, after: string): string {
  if (comparison.outcome === 'compared') {
    const { length } = comparison.diff.resources
    return length === 0 ? 'the same' : `${length} ${length === 1 ? 'resource differs' : 'resources differ'}`
  }
  const failures = [
    ...(comparison.before === undefined ? [] : [failure(before, comparison.before)]),
    ...(comparison.after === undefined ? [] : [failure(after, comparison.after)]),
  ]
  return failures.join('; ')
}

function failure(pin: string, { message }: Fault): string {
  return `${pin} does not build it: ${message}`
}

function describeJson(comparison: PinComparison): object {
  const { overlay } = comparison
  if (comparison.outcome === 'compared') {
    const { resources, unchanged } = comparison.diff
    return {
      overlay,
      outcome: resources.length === 0 ? 'same' : 'different',
      changed: resources.length,
      unchanged,
    }
  }
  const { before, after } = comparison
  return { overlay, outcome: 'not-built', before: before?.message, after: after?.message }
}
