import { isList, isMap, Redacted, type Value, yamlNumber } from '../resources/value.ts'
import { printable } from './printable.ts'

/** A value as lines of YAML for people to read: keys sorted, texts of several lines as blocks. */
export function showValue(root: Value): string[] {
  const lines: string[] = []
  const pending: Entry[] = [{ value: root, lead: '', indent: '' }]
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    const { value, lead, indent } = entry
    const inner = entryChildren(value, indent)
    if (inner === undefined) lines.push(...scalarLines(value, lead, indent))
    else {
      const [first] = inner
      // `- name: x` stands on one line; a key's map or list starts on the next one.
      if (lead.endsWith('- ') && first !== undefined)
        inner[0] = { ...first, lead: lead + first.lead.slice(indent.length) }
      else if (lead !== '') lines.push(lead.trimEnd())
      for (const child of inner.toReversed()) pending.push(child)
    }
  }
  return lines
}

interface Entry {
  readonly value: Value
  /** What stands before the value on its first line, indentation included. */
  readonly lead: string
  /** The indentation of the value's further lines. */
  readonly indent: string
}

/** Undefined for what is shown on the line itself: scalars, and maps and lists without content. */
function entryChildren(value: Value, indent: string): Entry[] | undefined {
  if (isList(value) && value.length > 0) {
    return value.map((item) => ({ value: item, lead: `${indent}- `, indent: `${indent}  ` }))
  }
  if (!isMap(value)) return undefined
  const keys = Object.keys(value).sort()
  if (keys.length === 0) return undefined
  return keys.map((key) => {
    const item = value[key] ?? null
    const deeper = isList(item) ? indent : `${indent}  `
    return { value: item, lead: `${indent}${showKey(key)}: `, indent: deeper }
  })
}

function scalarLines(value: Value, lead: string, indent: string): string[] {
  if (typeof value !== 'string' || !value.trimEnd().includes('\n')) return [lead + showScalar(value)]
  const body = value.replace(/\n$/u, '').split('\n')
  const chomp = value.endsWith('\n') ? '' : '-'
  return [`${lead}|${chomp}`, ...body.map((line) => `${indent === '' ? '  ' : indent}${printable(line)}`)]
}

const OTHER_TYPE =
  /^(?:true|false|null|yes|no|on|off|y|n|~)$|^[-+.\d][\d_.:eExXoA-Fa-f+-]*$|^[-+]?\.(?:inf|nan)$/iu
const NEEDS_QUOTES = /^$|^[\s\-?:,[\]{}#&*!|>'"%@`](?!\S)|^[,[\]{}#&*!|>'"%@`]|:(?:\s|$)|\s#|\s$/u

/** A value that fits on a line: text is quoted where YAML could take it for something else. */
export function showScalar(value: Value): string {
  if (typeof value === 'string') {
    const shown = printable(value)
    const plain = shown === value && !NEEDS_QUOTES.test(value) && !OTHER_TYPE.test(value)
    return plain ? value : printable(JSON.stringify(value))
  }
  if (typeof value === 'number' || typeof value === 'bigint') return yamlNumber(value)
  if (value instanceof Redacted) return value.toString()
  if (isList(value)) return '[]'
  return isMap(value) ? '{}' : String(value)
}

function showKey(key: string): string {
  return /^[\p{L}_/.][\p{L}\p{N}_./-]*$/u.test(key) ? key : printable(JSON.stringify(key))
}
