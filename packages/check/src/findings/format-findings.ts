import type { CheckFinding } from './group-by-overlay.ts'
import { formatGithub } from './formats/github.ts'
import { formatJson } from './formats/json.ts'
import { formatJunit } from './formats/junit.ts'
import { formatSarif, type RuleText } from './formats/sarif.ts'
import { formatText } from './formats/text.ts'

/** The formats of findings. */
export type FindingFormat = 'text' | 'json' | 'sarif' | 'junit' | 'github'

const FORMATS: Readonly<
  Record<FindingFormat, (findings: readonly CheckFinding[], rules: readonly RuleText[]) => string>
> = { text: formatText, json: formatJson, sarif: formatSarif, junit: formatJunit, github: formatGithub }

/** The names of the formats. */
export const FINDING_FORMATS: readonly FindingFormat[] = ['text', 'json', 'sarif', 'junit', 'github']

/** Findings in a format. @param rules the descriptions of the rules, for formats that show them */
export function formatFindings(
  findings: readonly CheckFinding[],
  format: FindingFormat,
  rules: readonly RuleText[] = [],
): string {
  return FORMATS[format](findings, rules)
}
