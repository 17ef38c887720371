import type { JobsDiff } from './jobs-diff.ts'
import { htmlReport } from './reports/html.ts'
import { jsonReport } from './reports/json.ts'
import { markdownReport } from './reports/markdown.ts'
import type { JobsReportOptions } from './reports/report-options.ts'
import { textReport } from './reports/text.ts'

/** The formats of a jobs diff. */
export type JobsFormat = 'text' | 'markdown' | 'html' | 'json'

const FORMATS: Readonly<Record<JobsFormat, (diff: JobsDiff, options: JobsReportOptions) => string>> = {
  text: textReport,
  markdown: markdownReport,
  html: htmlReport,
  json: jsonReport,
}

/** The names of the formats. */
export const JOBS_FORMATS: readonly string[] = Object.keys(FORMATS)

/** Whether the name is one of the formats. */
export function isJobsFormat(name: string): name is JobsFormat {
  return JOBS_FORMATS.includes(name)
}

/** Formats a jobs diff. Ends with a newline. */
export function formatJobsDiff(diff: JobsDiff, format: JobsFormat, options: JobsReportOptions = {}): string {
  return FORMATS[format](diff, options)
}
