import { resolve } from 'node:path'

import { type ReportFormat, reportFormat } from '@overlay-render/golden'
import { Fault } from '@overlay-render/system'

/** A report to write, from `--report FORMAT=FILE`. */
export interface ReportRequest {
  readonly format: ReportFormat
  readonly file: string
}

/** A value of `--report`, before its format is known. */
export interface WrittenRequest {
  readonly format: string
  readonly file: string
}

/**
 * Parses the values of `--report`.
 *
 * @throws GoldenFault `format-unknown`; Fault `report-invalid` as `splitReports`
 */
export function readReportRequests(values: readonly string[]): ReportRequest[] {
  return splitReports(values).map(reportRequest)
}

/** @throws GoldenFault `format-unknown` */
export function reportRequest({ format, file }: WrittenRequest): ReportRequest {
  return { format: reportFormat(format), file }
}

/**
 * Splits the values of `--report`.
 *
 * @throws Fault `report-invalid` without a `=`, and for two reports in one file
 */
export function splitReports(values: readonly string[]): WrittenRequest[] {
  const taken = new Set<string>()
  return values.map((value) => {
    const request = splitReport(value)
    const place = resolve(request.file)
    if (taken.has(place)) {
      throw new Fault({
        code: 'report-invalid',
        message: `two reports cannot be in one file, ${request.file}`,
        hint: 'name a file for each of them',
      })
    }
    taken.add(place)
    return request
  })
}

function splitReport(value: string): WrittenRequest {
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
