import { isList, isMap, Redacted, type Value, yamlNumber } from '../resources/value.ts'
import { printable } from './printable.ts'

/** The first lines of a value as YAML for people to read, and how many more there are. */
export interface ShownValue {
  readonly lines: readonly string[]
  readonly more: number
}

/** A value as lines of YAML: keys sorted, texts of several lines as blocks. At most `most` lines are made. */
export function showValue(root: Value, most: number): ShownValue {
  const lines: string[] = []
  let more = 0
  const pending: Entry[] = [{ value: root, lead: '', indent: '' }]
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    const members = membersOf(entry)
    if (members !== undefined) {
      // `- name: x` stands on one line; a key's map or list starts on the next one.
      const [first] = members
      if (entry.lead.endsWith('- ') && first !== undefined) {
        members[0] = { ...first, lead: entry.lead + first.lead.slice(entry.indent.length) }
      } else if (entry.lead !== '') {
        if (lines.length < most) lines.push(entry.lead.trimEnd())
        else more++
      }
      for (const member of members.toReversed()) pending.push(member)
    } else if (lines.length < most) lines.push(...scalarLines(entry).slice(0, most))
    else more += countLines(entry.value)
  }
  return { lines: lines.slice(0, most), more: more + Math.max(0, lines.length - most) }
}

interface Entry {
  readonly value: Value
  /** What stands before the value on its first line, indentation included. */
  readonly lead: string
  /** The indentation of the value's further lines. */
  readonly indent: string
}

/** Undefined for what is shown on the line itself: scalars, and maps and lists without content. */
function membersOf({ value, indent }: Entry): Entry[] | undefined {
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

function scalarLines({ value, lead, indent }: Entry): string[] {
  if (!isBlock(value)) return [lead + showScalar(value)]
  const body = value.replace(/\n$/u, '').split('\n')
  const margin = indent === '' ? '  ' : indent
  return [`${lead}|${value.endsWith('\n') ? '' : '-'}`, ...body.map((line) => margin + printable(line))]
}

function countLines(value: Value): number {
  return isBlock(value) ? value.replace(/\n$/u, '').split('\n').length + 1 : 1
}

function isBlock(value: Value): value is string {
  return typeof value === 'string' && value.trimEnd().includes('\n')
}

const OTHER_TYPE =
  /^(?:true|false|null|yes|no|on|off|y|n|~)$|^[-+.\d][\d_.:eExXoA-Fa-f+-]*$|^[-+]?\.(?:inf|nan)$/iu
const NEEDS_QUOTES = /^$|^[\s\-?:,[\]{}#&*!|>'"%@`](?!\S)|^[,[\]{}#&*!|>'"%@`]|:(?:\s|$)|\s#|\s$/u

/** A value that fits on a line: text is quoted where YAML could take it for something else. */
function showScalar(value: Value): string {
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
