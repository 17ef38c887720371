import { type Finding, formatPosition, printable, type Severity } from '@overlay-render/system'

import type { CheckFinding } from '../group-by-overlay.ts'

/** Most findings that are printed. */
const MAX_SHOWN = 1000
const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Findings as text, one a line with its hint below: at most 1,000, the most severe ones, and the number of further ones for each rule. */
export function formatText(findings: readonly CheckFinding[]): string {
  const worst = findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity])
  const left = new Set(worst.slice(MAX_SHOWN))
  const lines = findings.filter((finding) => !left.has(finding)).map(findingText)
  return [...lines, ...moreOf([...left])].map((line) => `${line}\n`).join('')
}

function moreOf(left: readonly CheckFinding[]): string[] {
  if (left.length === 0) return []
  const counts = new Map<string, number>()
  for (const { rule } of left) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  const rules = [...counts].map(([rule, count]) => `${count} of ${rule}`).join(', ')
  return [`and ${left.length} more: ${rules}; the formats json and sarif have all of them`]
}

function findingText({ rule, severity, message, position, hint }: Finding): string {
  const where = position === undefined ? '' : `${formatPosition(position)}: `
  const line = printable(`${where}${severity}: ${message} [${rule}]`)
  return hint === undefined ? line : `${line}\n  hint: ${printable(hint)}`
}
