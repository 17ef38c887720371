import type { RE2JS } from 're2js'

import { byteLength } from './byte-text.ts'
import { re2 } from './re2.ts'

/** The range of a match or a group in the subject, in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Match extends Span {
  /** The capturing groups in order; group 1 is at index 0. */
  readonly groups: readonly (Span | undefined)[]
}

export class RegularExpressionError extends Error {}

/**
 * A regular expression with Go's syntax and semantics (RE2: linear time, leftmost-first, no look-around). The library
 * finds one match; iterating over matches and replacing follow Go's `regexp` package.
 */
export class RegularExpression {
  /** The names of the groups in order, '' for unnamed ones. */
  readonly groupNames: readonly string[]
  /** The approximate number of steps per character of a subject. */
  readonly cost: number
  readonly #pattern: RE2JS

  /** @throws RegularExpressionError with Go's message */
  constructor(source: string) {
    const { RE2JS, RE2JSException } = re2()
    const repeats = Array.from(source.matchAll(/\{(?:\d+,)?(\d+)/g), ([, most]) => Number(most))
    this.cost = Math.ceil((source.length * Math.max(1, ...repeats)) / 16)
    try {
      this.#pattern = RE2JS.compile(source)
    } catch (error) {
      if (!(error instanceof RE2JSException)) throw error
      throw new RegularExpressionError(error.message, { cause: error })
    }
    const names = new Map(Object.entries(this.#pattern.namedGroups()).map(([name, index]) => [index, name]))
    this.groupNames = Array.from(
      { length: this.#pattern.groupCount() },
      (_, index) => names.get(index + 1) ?? '',
    )
  }

  test(subject: string): boolean {
    return this.find(subject) !== undefined
  }

  /** The leftmost match that starts at `from` (UTF-16 units) or after it. */
  find(subject: string, from = 0): Match | undefined {
    const matcher = this.#pattern.matcher(subject)
    if (!matcher.find(from)) return undefined
    const groups = this.groupNames.map((_, index): Span | undefined => {
      const start = matcher.start(index + 1)
      return start < 0 ? undefined : { start, end: matcher.end(index + 1) }
    })
    return { start: matcher.start(0), end: matcher.end(0), groups }
  }

  /**
   * All non-overlapping matches, without empty matches right after another match. `onMatch` is called for each, and may
   * throw.
   */
  findAll(subject: string, onMatch: () => void = () => undefined): Match[] {
    const matches: Match[] = []
    let previousEnd = -1
    for (let position = 0; position <= subject.length;) {
      const match = this.find(subject, position)
      if (match === undefined) break
      onMatch()
      const empty = match.end === position
      if (!(empty && match.start === previousEnd)) matches.push(match)
      position = empty ? position + characterWidth(subject, position) : match.end
      previousEnd = match.end
    }
    return matches
  }

  /**
   * Replaces every match with `template`, in which `$1`, `${1}`, `$name`, `${name}` and `$$` are expanded. `onGrowth` is
   * called with the length of the result so far, and may throw.
   */
  replaceAll(
    subject: string,
    template: string,
    onGrowth: (length: number) => void = () => undefined,
  ): string {
    let result = ''
    let copied = 0
    for (let position = 0; position <= subject.length;) {
      const match = this.find(subject, position)
      if (match === undefined) break
      result += subject.slice(copied, match.start)
      if (match.end > copied || match.start === 0) result += this.#expand(template, subject, match, onGrowth)
      onGrowth(result.length)
      copied = match.end
      position = Math.max(position + characterWidth(subject, position), match.end)
    }
    return result + subject.slice(copied)
  }

  #expand(template: string, subject: string, match: Match, onGrowth: (length: number) => void): string {
    let expanded = 0
    // A name is the longest run of letters, digits and underscores; a `$` without a name is kept.
    return template.replaceAll(
      /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu,
      (whole, bare, braced) => {
        if (whole === '$$') return '$'
        const span = this.#groupNamed(String(bare ?? braced), match)
        if (span === undefined) return ''
        expanded += span.end - span.start
        onGrowth(expanded)
        return subject.slice(span.start, span.end)
      },
    )
  }

  #groupNamed(name: string, match: Match): Span | undefined {
    // A number with a leading zero is read as a name, and no group has such a name.
    if (/^(?:0|[1-9]\d*)$/.test(name)) return name === '0' ? match : match.groups[Number(name) - 1]
    return match.groups.find((span, index) => span !== undefined && this.groupNames[index] === name)
  }
}

function characterWidth(subject: string, position: number): number {
  return (subject.codePointAt(position) ?? 0) > 0xffff ? 2 : 1
}

/** Converts a UTF-16 offset of `subject` to Go's byte offset. */
export function byteOffset(subject: string, offset: number): number {
  return byteLength(subject.slice(0, offset))
}
