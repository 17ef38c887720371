import type { VendorOutcome } from '@overlay-render/render'
import { alignTable } from '@overlay-render/system'

import type { CommandContext } from './context.ts'

/** Prints the result for each remote and chart, one a line. */
export function printOutcomes({ terminal }: CommandContext, outcomes: readonly VendorOutcome[]): void {
  const rows = outcomes.map(({ outcome, url, before, after }) => [
    outcome,
    url,
    ...(outcome === 'updated' ? [`${placeOf(before)} -> ${placeOf(after)}`] : [placeOf(after)]),
  ])
  for (const line of alignTable(rows, terminal.width)) terminal.stdout.say(`${line}\n`)
  if (outcomes.length === 0 && !terminal.quiet) {
    terminal.stdout.say('No overlay loads anything over the network.\n')
  }
}

function placeOf(remote: VendorOutcome['after']): string {
  return (remote?.commit ?? remote?.sha256 ?? '').slice(0, 12)
}
