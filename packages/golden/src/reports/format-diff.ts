import type { ManifestDiff } from '../diff/change.ts'
import { htmlReport } from './html.ts'
import { jsonPatchReport } from './json-patch.ts'
import { jsonReport } from './json.ts'
import { junitReport } from './junit.ts'
import { markdownReport } from './markdown.ts'
import type { ReportFormat } from './report-format.ts'
import type { ReportEntry, ReportOptions } from './report.ts'
import { textReport } from './text.ts'

type Report = (entries: readonly ReportEntry[], options: ReportOptions) => string

const REPORTS: Readonly<Record<ReportFormat, Report>> = {
  text: textReport,
  json: jsonReport,
  markdown: markdownReport,
  html: htmlReport,
  junit: junitReport,
  'json-patch': jsonPatchReport,
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
