import { resolve } from 'node:path'

import { formatReport, type ReportEntry, type ReportFormat, reportFormat } from '@overlay-render/golden'
import { Fault, writeTo } from '@overlay-render/system'

import type { Terminal } from './terminal.ts'

/** A report to write, from `--report FORMAT=FILE`. */
export interface ReportRequest {
  readonly format: ReportFormat
  readonly file: string
}

/**
 * Parses the values of `--report`.
 *
 * @throws GoldenFault `format-unknown`; Fault `report-invalid` without a `=`
 */
export function readReportRequests(values: readonly string[]): ReportRequest[] {
  return values.map((value) => {
    const { format, file } = splitReport(value)
    return { format: reportFormat(format), file }
  })
}

/**
 * Splits a value of `--report`.
 *
 * @throws Fault `report-invalid` without a `=`
 */
export function splitReport(value: string): { readonly format: string; readonly file: string } {
  const equals = value.indexOf('=')
  if (equals < 1 || equals === value.length - 1) {
    throw new Fault({
      code: 'report-invalid',
      message: `--report takes FORMAT=FILE, not ${JSON.stringify(value)}`,
      hint: 'for example --report html=report.html',
    })
  }
  return { format: value.slice(0, equals), file: value.slice(equals + 1) }
}

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
