import { formatId, type ResourceId } from '@overlay-render/golden'
import type { PinComparison, SelectionChange } from '@overlay-render/render'
import { alignTable, type Fault, formatPosition, type Position } from '@overlay-render/system'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { PinCompareJson } from '../json/pin-compare.ts'
import { printJson } from '../print-json.ts'
import { faultJson } from '../print-fault.ts'
import { startProgress } from '../progress-line.ts'
import { screenReport } from '../reports.ts'

/**
 * Shows what another kustomize or kubectl would change. Exits 1 when an overlay differs, a patch selects other resources, or a pin
 * fails to build an overlay.
 */
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
    comparison.outcome === 'compared' && comparison.diff.resources.length > 0
      ? [{ title: `${comparison.overlay}: ${before} → ${after}`, diff: comparison.diff, sameCluster: true }]
      : [],
  )
  if (terminal.json) {
    printJson<PinCompareJson>(terminal.stdout, { before, after, overlays: comparisons.map(describeJson) })
    return differs ? ExitStatus.difference : ExitStatus.fine
  }
  if (entries.length > 0) terminal.stdout.write(screenReport(entries, terminal, 'text'))
  for (const comparison of comparisons) {
    if (comparison.outcome !== 'compared') continue
    for (const change of comparison.selections ?? [])
      for (const line of selectionLines(comparison.overlay, change, before, after))
        terminal.stdout.say(`${line}\n`)
  }
  const rows = comparisons.map((comparison) => [comparison.overlay, describe(comparison, before, after)])
  for (const line of alignTable(rows, terminal.width)) terminal.stdout.say(`${line}\n`)
  return differs ? ExitStatus.difference : ExitStatus.fine
}

function isSame(comparison: PinComparison): boolean {
  return (
    comparison.outcome === 'compared' &&
    comparison.diff.resources.length === 0 &&
    (comparison.selections ?? []).length === 0
  )
}

/** One line for the resources that only one pin selects. */
function selectionLines(
  overlay: string,
  { patch, position, more, fewer }: SelectionChange,
  before: string,
  after: string,
): string[] {
  const line = (pin: string, ids: readonly ResourceId[]): string[] => {
    if (ids.length === 0) return []
    const names = ids.map((id) => formatId(id)).join(', ')
    return [`${overlay}: ${formatPosition(position)}: ${patch} selects only with ${pin}: ${names}`]
  }
  return [...line(before, fewer), ...line(after, more)]
}

function describe(comparison: PinComparison, before: string, after: string): string {
  if (comparison.outcome === 'compared') {
    const { length } = comparison.diff.resources
    const resources =
      length === 0 ? 'the same' : `${length} ${length === 1 ? 'resource differs' : 'resources differ'}`
    return [resources, ...selectionNote(comparison.selections)].join('; ')
  }
  const failures = [
    ...(comparison.before === undefined ? [] : [failure(before, comparison.before)]),
    ...(comparison.after === undefined ? [] : [failure(after, comparison.after)]),
  ]
  return failures.join('; ')
}

function selectionNote(selections: readonly SelectionChange[] | undefined): string[] {
  if (selections === undefined) return ['the objects that its patches select are unknown']
  if (selections.length === 0) return []
  return [
    selections.length === 1
      ? '1 patch selects other resources'
      : `${selections.length} patches select other resources`,
  ]
}

function failure(pin: string, { message }: Fault): string {
  return `${pin} does not build it: ${message}`
}

function describeJson(comparison: PinComparison): PinCompareJson['overlays'][number] {
  const { overlay } = comparison
  if (comparison.outcome === 'compared') {
    const { resources, unchanged } = comparison.diff
    return {
      overlay,
      outcome: isSame(comparison) ? 'same' : 'different',
      changed: resources.length,
      unchanged,
      patches: comparison.selections?.map(selectionJson),
    }
  }
  const { before, after } = comparison
  return {
    overlay,
    outcome: 'not-built',
    ...(before === undefined ? {} : { before: faultJson(before) }),
    ...(after === undefined ? {} : { after: faultJson(after) }),
  }
}

type SelectionJson = Omit<SelectionChange, 'position'> & Position

function selectionJson({ patch, position, more, fewer }: SelectionChange): SelectionJson {
  const { file, line, column } = position
  return { patch, file, line, column, more, fewer }
}
