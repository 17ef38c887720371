import { toJson } from '@overlay-render/golden'
import { type Finding, formatPosition, printable } from '@overlay-render/system'

import type { Terminal } from './terminal.ts'

/** Prints findings, one a line with its hint below; with `--json` as `{findings: […]}`. */
export function printFindings(findings: readonly Finding[], terminal: Terminal): void {
  if (terminal.json) terminal.stdout.write(`${toJson({ findings: findings.map(findingJson) }, '  ')}\n`)
  else for (const finding of findings) terminal.stdout.say(`${findingText(finding)}\n`)
}

function findingJson({
  rule,
  severity,
  message,
  position,
  hint,
}: Finding): Record<string, string | number | null> {
  return {
    rule,
    severity,
    message,
    file: position?.file ?? null,
    line: position?.line ?? null,
    column: position?.column ?? null,
    hint: hint ?? null,
  }
}

function findingText({ rule, severity, message, position, hint }: Finding): string {
  const where = position === undefined ? '' : `${formatPosition(position)}: `
  const line = printable(`${where}${severity}: ${message} [${rule}]`)
  return hint === undefined ? line : `${line}\n  hint: ${printable(hint)}`
}
