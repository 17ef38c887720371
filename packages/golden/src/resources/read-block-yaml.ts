import { type Node, resolveTag, scalarValue } from '@overlay-render/yq'

import { setMember, type Value, type ValueMap } from './value.ts'

/** Deeper documents are for the full reader, which does not recurse. */
const DEEPEST = 200
/** What the full reader may refuse, or may take for a line break. */
const ODD_CHARACTER = /[^\n\x20-\x7e\u{a0}-\u{2027}\u{2030}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}]/u
/** A key with its colon; longer ones are no simple keys. */
const KEY = /([\w./$][\w./$-]{0,200}|"[^"\\]{1,200}"|'[^']{1,200}'):(?: +|$)/y
/** An escaped space is how kustomize keeps one at the start of a line. */
const SIMPLE_DOUBLE = /^"(?:[^"\\]|\\["\\/nrtbf ])*"$/u
/** At the end of a line: the escape of the line break, or of a space that is trimmed off. */
const OPEN_ESCAPE = /(?<!\\)(?:\\\\)*\\$/u
const SIMPLE_SINGLE = /^'(?:[^']|'')*'$/u
/** How no plain scalar begins that is only itself. */
const NOT_PLAIN = /^(?:[&*!#%@`,[\]{}|>"']|[-?:](?: |$))/u

/** The value of a scalar without quotes. */
export type PlainValue = (node: Pick<Node, 'tag' | 'value' | 'style'>) => Value

/** That a text has a form which is not read here. */
class Unread extends Error {}

/**
 * The map that a document in the block style of kustomize holds: the value that the full reader makes of it, several times sooner.
 * Undefined for every document with anything else in it, such as an anchor, a flow collection or a mistake.
 */
export function readBlockYaml(text: string, scalar: PlainValue = scalarValue): ValueMap | undefined {
  if (!text.endsWith('\n') || ODD_CHARACTER.test(text)) return undefined
  try {
    return new BlockReader(text, scalar).read()
  } catch (error) {
    if (error instanceof Unread) return undefined
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
    // What follows the last line break.
    this.#lines.pop()
  }

  read(): ValueMap {
    if (this.#indent() !== 0) throw new Unread()
    const map = this.#map(0, 0)
    this.#indent()
    if (this.#at < this.#lines.length) throw new Unread()
    return map
  }

  /** The indentation of the next line that is neither empty nor a comment, which becomes the current one; -1 at the end. */
  #indent(): number {
    while (isEmpty(this.#lines[this.#at])) this.#at++
    return indentOf(this.#lines[this.#at])
  }

  #map(indent: number, depth: number): ValueMap {
    if (depth > DEEPEST) throw new Unread()
    const map: ValueMap = {}
    while (this.#indent() === indent) {
      const line = this.#lines[this.#at] ?? ''
      if (isItem(line, indent)) break
      KEY.lastIndex = indent
      const written = KEY.exec(line)?.[1]
      if (written === undefined) throw new Unread()
      const key = /^["']/u.test(written) ? written.slice(1, -1) : written
      if (key === '<<' || Object.hasOwn(map, key)) throw new Unread()
      const rest = line.slice(KEY.lastIndex)
      setMember(map, key, rest === '' ? this.#below(indent, depth, true) : this.#scalar(rest, indent))
    }
    return map
  }

  #list(indent: number, depth: number): Value[] {
    if (depth > DEEPEST) throw new Unread()
    const list: Value[] = []
    while (this.#indent() === indent) {
      const line = this.#lines[this.#at] ?? ''
      if (!isItem(line, indent)) break
      const inner = indent + 1 + indentOf(line.slice(indent + 1))
      const rest = line.slice(inner)
      KEY.lastIndex = inner
      if (line.length === indent + 1) list.push(this.#below(indent, depth, false))
      else if (isItem(line, inner)) throw new Unread()
      else if (KEY.test(line)) {
        // The map of an item begins in the line of its dash.
        this.#lines[this.#at] = ' '.repeat(inner) + rest
        list.push(this.#map(inner, depth + 1))
      } else list.push(this.#scalar(rest, indent))
    }
    return list
  }

  /** What the lines below a key or a dash hold. A list may be as far left as the key of its map. */
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
    // Nothing goes on behind a quote or a bracket.
    if (this.#indent() > indent) throw new Unread()
    return quoted(whole)
  }

  /** A text in quotes to the line that has the second one, which becomes the current one. */
  #toQuote(first: string, indent: number): string {
    const escapes = first.startsWith('"') ? /\\./gu : /''/gu
    const quote = first.slice(0, 1)
    let text = first
    let last = first
    let breaks = 0
    for (let more = first.slice(1); !more.replaceAll(escapes, '').includes(quote);) {
      const line = this.#lines[++this.#at]
      if (line === undefined) throw new Unread()
      more = line.trim()
      if (more === '') breaks++
      else {
        if (indentOf(line) <= indent || OPEN_ESCAPE.test(last)) throw new Unread()
        text += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + more
        last = more
        breaks = 0
      }
    }
    return text
  }

  /** A scalar without quotes goes on in the lines that are further right. */
  #plain(first: string, indent: number): Value {
    let text = first
    let breaks = 0
    if (mayEnd(text)) throw new Unread()
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at] ?? ''
      const more = line.trim()
      if (more === '') breaks++
      else {
        if (indentOf(line) <= indent) break
        if (mayEnd(more) || /^(?:#|- )/u.test(more)) throw new Unread()
        text += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + more
        breaks = 0
      }
    }
    return this.#scalarOf({ tag: resolveTag(text), value: text, style: 0 })
  }

  /** A block of text, to the first line that is further left than its own first. */
  #literal(indent: number, end: string): string {
    this.#at++
    const inner = indentOf(this.#lines[this.#at])
    if (inner <= indent) throw new Unread()
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

/** How many spaces a line begins with; -1 for one that is empty, or has nothing else. */
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

/** Whether a plain scalar is none, or ends within the line. */
function mayEnd(text: string): boolean {
  return text.includes(': ') || text.endsWith(':') || text.includes(' #')
}

function quoted(text: string): Value {
  if (text === '{}') return {}
  if (text === '[]') return []
  if (SIMPLE_SINGLE.test(text)) return text.slice(1, -1).replaceAll("''", "'")
  if (!SIMPLE_DOUBLE.test(text)) throw new Unread()
  // JSON knows no escaped space, and an escape before it may be that of another escape.
  const json = text.replaceAll(/\\(.)/gu, (escape, what: string) => (what === ' ' ? ' ' : escape))
  return String(JSON.parse(json.replaceAll('\n', String.raw`\n`)))
}
