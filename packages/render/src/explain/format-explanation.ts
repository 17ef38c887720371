import { toJson, type Value, type ValueMap } from '@overlay-render/golden'
import { alignTable, formatPosition, placeData, printable } from '@overlay-render/system'

import type { ExplainedValue, Explanation, ResourceStep } from './explanation.ts'

const MAX_VALUE_LENGTH = 120
/** Columns before a step. */
const INDENT = 2

/**
 * An explanation as text: the steps of a resource, or each value with the steps that set it. Ends with a newline.
 *
 * @param width columns of the terminal; without it, lines are as long as their content
 */
export function formatExplanation(
  explanation: Explanation,
  width: number = Number.POSITIVE_INFINITY,
): string {
  const { resource, steps, values, more, doubt } = explanation
  const { kind, namespace, name } = resource
  const lines = [`${kind} ${namespace === '' ? name : `${namespace}/${name}`}`]
  if (doubt !== undefined) lines.push(`  not known in full: ${doubt}`)
  if (values.length === 0) lines.push(...indented(steps.map(stepRow), width))
  for (const value of values) lines.push('', ...valueLines(value, width))
  if (more > 0) lines.push('', `${more} more values: name a longer path`)
  return `${lines.map((line) => printable(line)).join('\n')}\n`
}

function stepRow({ kind, title, position, file, changed }: ResourceStep): string[] {
  const effect = changed === undefined ? '' : changed ? '' : 'changes nothing'
  const place = position === undefined ? '' : formatPosition(position)
  const [what = ''] = kind === 'file' ? [] : title.split(' of ')
  return [
    kind,
    place,
    [what, file === undefined ? '' : file.file, effect].filter((text) => text !== '').join(', '),
  ]
}

/** Steps whose title is the file that the position names. */
const VALUE_STEPS: Readonly<Record<string, string>> = { file: 'file', script: 'patch script' }

function valueLines({ path, value, steps }: ExplainedValue, width: number): string[] {
  const rows = steps.map(({ step, position, value: then }) => [
    short(then),
    position === undefined ? '' : formatPosition(position),
    VALUE_STEPS[step.kind] ?? step.title,
  ])
  return [`${path}: ${short(value)}`, ...indented(rows, width)]
}

/** The first line of a value, cut to `MAX_VALUE_LENGTH`. */
function short(value: Value): string {
  const text = typeof value === 'string' ? value : toJson(value)
  const [first = ''] = text.split('\n')
  const isCut = first.length > MAX_VALUE_LENGTH || text.trimEnd().includes('\n')
  return isCut ? `${first.slice(0, MAX_VALUE_LENGTH)}…` : first
}

function indented(rows: readonly (readonly string[])[], width: number): string[] {
  return alignTable(rows, width - INDENT).map((line) => ' '.repeat(INDENT) + line)
}

/** An explanation as JSON: `{version, overlay, resource, steps, values, more, doubt}`. */
export function explanationJson(explanation: Explanation): string {
  const { overlay, resource, steps, values, more, doubt } = explanation
  const { apiVersion, kind, namespace, name } = resource
  const json: ValueMap = {
    version: 1,
    overlay,
    resource: { apiVersion, kind, namespace, name },
    steps: steps.map(({ kind: stepKind, title, position, file, changed }) => ({
      kind: stepKind,
      title,
      ...placeData(position),
      ...(file === undefined ? {} : { patch: file.file }),
      ...(changed === undefined ? {} : { changed }),
    })),
    values: values.map(({ path, value, steps: set }) => ({
      path,
      value,
      steps: set.map(({ step, position, value: then }) => ({
        kind: step.kind,
        title: step.title,
        ...placeData(position),
        value: then,
      })),
    })),
    more,
    ...(doubt === undefined ? {} : { doubt }),
  }
  return `${toJson(json, '  ')}\n`
}
