import { printable, toJson, type ValueMap } from '@overlay-render/golden'
import { formatPosition, placeData } from '@overlay-render/system'

import { reference } from '../diff/reports/json.ts'
import { jobTitle } from '../diff/reports/describe-jobs.ts'
import type { ExplainedField, ExplainedJob } from './explain-job.ts'

/** An explanation as text: a line for each field with its value, and its origin. Ends with a newline. */
export function formatExplanation(jobs: readonly ExplainedJob[]): string {
  const blocks = jobs.map(({ job, fields }) =>
    [`${jobTitle(job)}  ${formatPosition(job.position)}`, ...fields.flatMap(fieldLines)].join('\n'),
  )
  return `${blocks.join('\n\n')}\n`
}

function fieldLines(field: ExplainedField): string[] {
  const { path, value } = field
  if (typeof value !== 'string' || !value.trimEnd().includes('\n')) {
    return [
      `  ${path}: ${printable(typeof value === 'string' ? value : toJson(value))}`,
      `      ${originText(field)}`,
    ]
  }
  const lines = value.trimEnd().split('\n')
  return [`  ${path}: |`, ...lines.map((line) => `    | ${printable(line)}`), `      ${originText(field)}`]
}

/** The origin of a field: `from jobs/a.yaml:3:5, the preset preset-go=true`. */
export function originText({ origin: { position, via } }: ExplainedField): string {
  const parts = [position === undefined ? undefined : formatPosition(position), via]
  return `from ${parts.filter((part) => part !== undefined).join(', ')}`
}

/** An explanation as JSON. */
export function explanationJson(jobs: readonly ExplainedJob[]): string {
  const value = jobs.map(({ job, fields }): ValueMap => ({
    job: reference(job),
    fields: fields.map(({ path, value: given, origin: { position, via } }) => ({
      path,
      value: given,
      ...placeData(position),
      ...(via === undefined ? {} : { via }),
    })),
  }))
  return `${toJson({ version: 1, jobs: value }, '  ')}\n`
}
