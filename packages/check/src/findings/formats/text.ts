import { type Finding, formatPosition, printable } from '@overlay-render/system'

import type { CheckFinding } from '../group-by-overlay.ts'

/** One finding a line, with its hint below. */
export function formatText(findings: readonly CheckFinding[]): string {
  return findings.map((finding) => `${findingText(finding)}\n`).join('')
}

function findingText({ rule, severity, message, position, hint }: Finding): string {
  const where = position === undefined ? '' : `${formatPosition(position)}: `
  const line = printable(`${where}${severity}: ${message} [${rule}]`)
  return hint === undefined ? line : `${line}\n  hint: ${printable(hint)}`
}
