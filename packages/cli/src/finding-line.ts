import type { Finding, GoldenResult } from '@overlay-render/render'
import { formatPosition, printable } from '@overlay-render/system'

import { paint, type Terminal } from './terminal.ts'

/** A finding as one line: `warning: file:line:column: message`. */
export function findingLine({ severity, position, message }: Finding, terminal: Terminal): string {
  const place = position === undefined ? '' : `${formatPosition(position)}: `
  return `${paint(terminal, severity === 'error' ? 'red' : 'yellow', severity)}: ${printable(place + message)}`
}

/** Prints the findings of renders for goldens, each with its overlay when there are several. */
export function printRenderFindings(results: readonly GoldenResult<unknown>[], terminal: Terminal): void {
  if (terminal.quiet || terminal.json) return
  for (const result of results) {
    if (!('warnings' in result)) continue
    const name = results.length > 1 ? `${result.overlay}: ` : ''
    for (const finding of result.warnings) terminal.stderr.say(`${name}${findingLine(finding, terminal)}\n`)
  }
}
