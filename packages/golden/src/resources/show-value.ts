import { isAsciiText, printable } from '@overlay-render/system'

import { isList, isMap, Redacted, toJson, type Value, yamlNumber } from './value.ts'

/** The first lines of a value as YAML, and how many more there are. */
export interface ShownValue {
  readonly lines: readonly string[]
  readonly more: number
}

/** Formats a value as at most `most` lines of YAML, with keys in their original order and multi-line strings as blocks. */
export function showValue(root: Value, most: number): ShownValue {
  const lines: string[] = []
  let more = 0
  const pending: Entry[] = [{ value: root, lead: '', indent: '' }]
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    const members = membersOf(entry)
    if (members !== undefined) {
      // `- name: x` is on one line; a key's map or list starts on the next one.
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
  /** The text before the value on its first line, including indentation. */
  readonly lead: string
  /** The indentation of the value's further lines. */
  readonly indent: string
}

/** Deeper values are shown on one line, so that the text does not grow with the square of the depth. */
const MAX_INDENT = 200

/** Undefined for values on one line: scalars, empty maps and lists, and values that are too deep. */
function membersOf({ value, indent }: Entry): Entry[] | undefined {
  if (indent.length > MAX_INDENT) return undefined
  if (isList(value) && value.length > 0) {
    return value.map((item) => ({ value: item, lead: `${indent}- `, indent: `${indent}  ` }))
  }
  if (!isMap(value)) return undefined
  const keys = Object.keys(value)
  if (keys.length === 0) return undefined
  return keys.map((key) => {
    const item = value[key] ?? null
    const deeper = isList(item) ? indent : `${indent}  `
    return { value: item, lead: `${indent}${showKey(key)}: `, indent: deeper }
  })
}

function scalarLines({ value, lead, indent }: Entry): string[] {
  const block = blockOf(value)
  if (block === undefined) return [lead + showScalar(value)]
  const body = block.replace(/\n$/u, '').split('\n')
  const margin = indent === '' ? '  ' : indent
  return [`${lead}|${block.endsWith('\n') ? '' : '-'}`, ...body.map((line) => margin + printable(line))]
}

function countLines(value: Value): number {
  const block = blockOf(value)
  return block === undefined ? 1 : block.replace(/\n$/u, '').split('\n').length + 1
}

/** The value as multi-line text, if it is. */
function blockOf(value: Value): string | undefined {
  const text = value instanceof Redacted ? value.shown : value
  return typeof text === 'string' && text.trimEnd().includes('\n') ? text : undefined
}

/** Formats a whole value as a YAML file. */
export function showAll(root: Value): string {
  const { lines } = showValue(root, Number.POSITIVE_INFINITY)
  return `${lines.join('\n')}\n`
}

const OTHER_TYPE =
  /^(?:true|false|null|yes|no|on|off|y|n|~)$|^[-+.\d][\d_.:eExXoA-Fa-f+-]*$|^\d{4}-\d\d?-\d\d?(?:[Tt ].*)?$|^[-+]?\.(?:inf|nan)$/iu
const NEEDS_QUOTES = /^$|^[\s\-?:,[\]{}#&*!|>'"%@`](?!\S)|^[,[\]{}#&*!|>'"%@`]|:(?:\s|$)|\s#|\s$/u

/** A value on one line. Strings are quoted when YAML would read them as another type. */
function showScalar(value: Value): string {
  if (typeof value === 'string') {
    const shown = printable(value)
    const plain = shown === value && !NEEDS_QUOTES.test(value) && !OTHER_TYPE.test(value)
    return plain ? value : printable(JSON.stringify(value))
  }
  if (typeof value === 'number' || typeof value === 'bigint') return yamlNumber(value)
  if (value instanceof Redacted) return value.shown === undefined ? value.toString() : showScalar(value.shown)
  return isList(value) || isMap(value) ? printable(toJson(value)) : String(value)
}

const ASCII_KEY = /^[A-Za-z_/.][\w./-]*$/u

function showKey(key: string): string {
  // V8 takes long to make the expression for letters of every script, and few keys need it.
  const isPlain = isAsciiText(key) ? ASCII_KEY.test(key) : /^[\p{L}_/.][\p{L}\p{N}_./-]*$/u.test(key)
  return isPlain ? key : printable(JSON.stringify(key))
}
