import { resolve } from 'node:path'

import { formatReport, type ReportEntry, type ReportFormat, reportFormat } from '@overlay-render/golden'
import { writeTo } from '@overlay-render/system'

import type { ReportRequest } from './report-requests.ts'
import type { Terminal } from './terminal.ts'

/**
 * Writes the requested reports.
 *
 * @param guarded real paths of folders in which no link is followed
 * @throws SystemFault when a file cannot be written
 */
export async function writeReports(
  requests: readonly ReportRequest[],
  entries: readonly ReportEntry[],
  guarded: readonly string[],
): Promise<void> {
  for (const { format, file } of requests) {
    await writeTo(resolve(file), formatReport(entries, format), { guarded, shown: file })
  }
}

/** A report for the screen. */
export function screenReport(
  entries: readonly ReportEntry[],
  terminal: Terminal,
  format: ReportFormat = 'text',
): string {
  const options = format === 'text' ? { colour: terminal.colour, width: terminal.width } : {}
  return formatReport(entries, terminal.json && format === 'text' ? reportFormat('json') : format, options)
}
