import { type Node, resolveTag, scalarValue } from '@overlay-render/yq'

import { setMember, type Value, type ValueMap } from './value.ts'

/** Deeper documents are left to the full reader, which does not recurse. */
const MAX_DEPTH = 200
/** Characters that the full reader may reject or read as a line break. */
const ODD_CHARACTER = /[^\n\x20-\x7e\u{a0}-\u{2027}\u{2030}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}]/u
/** A key with its colon, limited in length. */
const KEY = /([\w./$][\w./$-]{0,200}|"[^"\\]{1,200}"|'[^']{1,200}'):(?: +|$)/y
/** An escaped space is how kustomize keeps one at the start of a line. */
const SIMPLE_DOUBLE = /^"(?:[^"\\]|\\["\\/nrtbf ])*"$/u
/** At the end of a line: the escape of the line break, or of a space that is trimmed off. */
const OPEN_ESCAPE = /(?<!\\)(?:\\\\)*\\$/u
const SIMPLE_SINGLE = /^'(?:[^']|'')*'$/u
/** The start of a scalar that is not plain. */
const NOT_PLAIN = /^(?:[&*!#%@`,[\]{}|>"']|[-?:](?: |$))/u

/** Resolves a scalar without quotes. */
export type PlainValue = (node: Pick<Node, 'tag' | 'value' | 'style'>) => Value

/** Thrown for syntax that this reader does not support. */
class UnsupportedSyntax extends Error {}

/**
 * Parses a document in kustomize's block style to the same map as the full reader, several times as fast. Undefined for documents
 * with anything else, such as an anchor, a flow collection or an error.
 */
export function readBlockYaml(text: string, scalar: PlainValue = scalarValue): ValueMap | undefined {
  if (!text.endsWith('\n') || ODD_CHARACTER.test(text)) return undefined
  try {
    return new BlockReader(text, scalar).read()
  } catch (error) {
    if (error instanceof UnsupportedSyntax) return undefined
    throw error
  }
}

class BlockReader {
  readonly #lines: string[]
  readonly #scalarOf: PlainValue
  #at = 0

  constructor(text: string, scalar: PlainValue) {
    this.#scalarOf = scalar
    this.#lines = text.split('\n')
    // The empty string after the last line break.
    this.#lines.pop()
  }

  read(): ValueMap {
    if (this.#indent() !== 0) throw new UnsupportedSyntax()
    const map = this.#map(0, 0)
    this.#indent()
    if (this.#at < this.#lines.length) throw new UnsupportedSyntax()
    return map
  }

  /** Moves to the next line that is neither empty nor a comment, and returns its indentation; -1 at the end. */
  #indent(): number {
    while (isEmpty(this.#lines[this.#at])) this.#at++
    return indentOf(this.#lines[this.#at])
  }

  #map(indent: number, depth: number): ValueMap {
    if (depth > MAX_DEPTH) throw new UnsupportedSyntax()
    const map: ValueMap = {}
    while (this.#indent() === indent) {
      const line = this.#lines[this.#at] ?? ''
      if (isItem(line, indent)) break
      KEY.lastIndex = indent
      const written = KEY.exec(line)?.[1]
      if (written === undefined) throw new UnsupportedSyntax()
      const key = /^["']/u.test(written) ? written.slice(1, -1) : written
      if (key === '<<' || Object.hasOwn(map, key)) throw new UnsupportedSyntax()
      const rest = line.slice(KEY.lastIndex)
      setMember(map, key, rest === '' ? this.#below(indent, depth, true) : this.#scalar(rest, indent))
    }
    return map
  }

  #list(indent: number, depth: number): Value[] {
    if (depth > MAX_DEPTH) throw new UnsupportedSyntax()
    const list: Value[] = []
    while (this.#indent() === indent) {
      const line = this.#lines[this.#at] ?? ''
      if (!isItem(line, indent)) break
      const inner = indent + 1 + indentOf(line.slice(indent + 1))
      const rest = line.slice(inner)
      KEY.lastIndex = inner
      if (line.length === indent + 1) list.push(this.#below(indent, depth, false))
      else if (isItem(line, inner)) throw new UnsupportedSyntax()
      else if (KEY.test(line)) {
        // The map of an item begins on the line of its dash.
        this.#lines[this.#at] = ' '.repeat(inner) + rest
        list.push(this.#map(inner, depth + 1))
      } else list.push(this.#scalar(rest, indent))
    }
    return list
  }

  /** The value on the lines below a key or a dash. A list may have the same indentation as its key. */
  #below(indent: number, depth: number, isKey: boolean): Value {
    this.#at++
    const inner = this.#indent()
    const line = this.#lines[this.#at] ?? ''
    if (inner > indent)
      return isItem(line, inner) ? this.#list(inner, depth + 1) : this.#map(inner, depth + 1)
    return isKey && inner === indent && isItem(line, inner) ? this.#list(inner, depth + 1) : null
  }

  #scalar(written: string, indent: number): Value {
    const text = written.trimEnd()
    if (text === '|' || text === '|-') return this.#literal(indent, text === '|' ? '\n' : '')
    if (!NOT_PLAIN.test(text)) return this.#plain(text, indent)
    const whole = /^["']/u.test(text) ? this.#toQuote(text, indent) : text
    this.#at++
    // Nothing may follow a closing quote or bracket.
    if (this.#indent() > indent) throw new UnsupportedSyntax()
    return quoted(whole)
  }

  /** A quoted scalar, up to the line with the closing quote, which becomes the current line. */
  #toQuote(first: string, indent: number): string {
    const escapes = first.startsWith('"') ? /\\./gu : /''/gu
    const quote = first.slice(0, 1)
    let text = first
    let last = first
    let breaks = 0
    for (let more = first.slice(1); !more.replaceAll(escapes, '').includes(quote);) {
      const line = this.#lines[++this.#at]
      if (line === undefined) throw new UnsupportedSyntax()
      more = line.trim()
      if (more === '') breaks++
      else {
        if (indentOf(line) <= indent || OPEN_ESCAPE.test(last)) throw new UnsupportedSyntax()
        text += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + more
        last = more
        breaks = 0
      }
    }
    return text
  }

  /** A scalar without quotes, which continues on lines that are indented more. */
  #plain(first: string, indent: number): Value {
    let text = first
    let breaks = 0
    if (mayEnd(text)) throw new UnsupportedSyntax()
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at] ?? ''
      const more = line.trim()
      if (more === '') breaks++
      else {
        if (indentOf(line) <= indent) break
        if (mayEnd(more) || /^(?:#|- )/u.test(more)) throw new UnsupportedSyntax()
        text += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + more
        breaks = 0
      }
    }
    return this.#scalarOf({ tag: resolveTag(text), value: text, style: 0 })
  }

  /** A literal block, up to the first line that is indented less than its first line. */
  #literal(indent: number, end: string): string {
    this.#at++
    const inner = indentOf(this.#lines[this.#at])
    if (inner <= indent) throw new UnsupportedSyntax()
    const taken: string[] = []
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at] ?? ''
      if (line !== '' && indentOf(line) < inner) break
      taken.push(line.slice(inner))
    }
    while (taken.at(-1) === '') taken.pop()
    return taken.length === 0 ? '' : taken.join('\n') + end
  }
}

/** The number of leading spaces; -1 for a blank line. */
function indentOf(line: string | undefined): number {
  return line === undefined ? -1 : line.search(/[^ ]/u)
}

/** Whether a line is empty or a comment. */
function isEmpty(line: string | undefined): boolean {
  return line === '' || (line !== undefined && /^ *#/u.test(line))
}

function isItem(line: string, indent: number): boolean {
  return line.startsWith('- ', indent) || (line.endsWith('-') && line.length === indent + 1)
}

/** Whether a line is not a plain scalar, or the scalar ends within it. */
function mayEnd(text: string): boolean {
  return text.includes(': ') || text.endsWith(':') || text.includes(' #')
}

function quoted(text: string): Value {
  if (text === '{}') return {}
  if (text === '[]') return []
  if (SIMPLE_SINGLE.test(text)) return text.slice(1, -1).replaceAll("''", "'")
  if (!SIMPLE_DOUBLE.test(text)) throw new UnsupportedSyntax()
  // JSON has no escaped space. A backslash before it may itself be escaped.
  const json = text.replaceAll(/\\(.)/gu, (escape, what: string) => (what === ' ' ? ' ' : escape))
  return String(JSON.parse(json.replaceAll('\n', String.raw`\n`)))
}
