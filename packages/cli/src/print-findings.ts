import { type Finding, findingData, formatPosition, printable } from '@overlay-render/system'

import type { FindingsJson } from './json/findings.ts'
import { printJson } from './print-json.ts'
import type { Terminal } from './terminal.ts'

/** Prints findings, one a line with its hint below; with `--json` as `{findings: […]}`. */
export function printFindings(findings: readonly Finding[], terminal: Terminal): void {
  if (terminal.json) {
    printJson<FindingsJson>(terminal.stdout, { findings: findings.map(findingData) })
  } else for (const finding of findings) terminal.stdout.say(`${findingText(finding)}\n`)
}

function findingText({ rule, severity, message, position, hint }: Finding): string {
  const where = position === undefined ? '' : `${formatPosition(position)}: `
  const line = printable(`${where}${severity}: ${message} [${rule}]`)
  return hint === undefined ? line : `${line}\n  hint: ${printable(hint)}`
}
