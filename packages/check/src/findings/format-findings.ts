import type { CheckFinding } from './group-by-overlay.ts'
import { formatGithub } from './formats/github.ts'
import { formatJson } from './formats/json.ts'
import { formatJunit } from './formats/junit.ts'
import { formatSarif, type RuleText } from './formats/sarif.ts'
import { formatText } from './formats/text.ts'

export type FindingFormat = 'text' | 'json' | 'sarif' | 'junit' | 'github'

const FORMATS: Readonly<
  Record<FindingFormat, (findings: readonly CheckFinding[], rules: readonly RuleText[]) => string>
> = { text: formatText, json: formatJson, sarif: formatSarif, junit: formatJunit, github: formatGithub }

export const FINDING_FORMATS: readonly FindingFormat[] = ['text', 'json', 'sarif', 'junit', 'github']

/** Findings as text of a format. @param rules what the rules say of themselves, for formats that show it */
export function formatFindings(
  findings: readonly CheckFinding[],
  format: FindingFormat,
  rules: readonly RuleText[] = [],
): string {
  return FORMATS[format](findings, rules)
}
