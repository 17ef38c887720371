import { type ReportFormat, reportFormat } from '@overlay-render/golden'
import { Fault } from '@overlay-render/system'

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
