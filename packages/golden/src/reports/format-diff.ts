import { nearestNames } from '@overlay-render/system'

import type { ManifestDiff } from '../diff/change.ts'
import { GoldenFault } from '../golden-fault.ts'
import { htmlReport } from './html.ts'
import { jsonPatchReport } from './json-patch.ts'
import { jsonReport } from './json.ts'
import { junitReport } from './junit.ts'
import { markdownReport } from './markdown.ts'
import type { ReportEntry, ReportOptions } from './report.ts'
import { textReport } from './text.ts'

type Report = (entries: readonly ReportEntry[], options: ReportOptions) => string

export type ReportFormat = 'text' | 'json' | 'markdown' | 'html' | 'junit' | 'json-patch'

const REPORTS: Readonly<Record<ReportFormat, Report>> = {
  text: textReport,
  json: jsonReport,
  markdown: markdownReport,
  html: htmlReport,
  junit: junitReport,
  'json-patch': jsonPatchReport,
}

/** Every format, in the order of the help text. */
export const REPORT_FORMATS: readonly string[] = Object.keys(REPORTS)

/**
 * Parses the name of a format.
 *
 * @throws GoldenFault `format-unknown`, with the nearest names
 */
export function reportFormat(name: string): ReportFormat {
  const found = isFormat(name) ? name : undefined
  if (found !== undefined) return found
  const [nearest] = nearestNames(name, REPORT_FORMATS)
  throw new GoldenFault({
    code: 'format-unknown',
    message: `${JSON.stringify(name)} is not a report format; the formats are ${REPORT_FORMATS.join(', ')}`,
    hint: nearest === undefined ? undefined : `did you mean ${nearest}?`,
  })
}

function isFormat(name: string): name is ReportFormat {
  return Object.hasOwn(REPORTS, name)
}

/** Formats a report of several comparisons. It ends with a newline, and has no secrets, because a diff has none. */
export function formatReport(
  entries: readonly ReportEntry[],
  format: ReportFormat,
  options: ReportOptions = {},
): string {
  return REPORTS[format](entries, options)
}

/** Formats a report of one comparison. */
export function formatDiff(diff: ManifestDiff, format: ReportFormat, options: ReportOptions = {}): string {
  return formatReport([{ title: `${diff.before} → ${diff.after}`, diff }], format, options)
}
