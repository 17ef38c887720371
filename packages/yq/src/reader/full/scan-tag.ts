import {
  BANG,
  GREATER,
  isAnchorCharacter,
  isBlank,
  isBlankBreakOrEnd,
  isBreak,
  isBreakOrEnd,
  isDigit,
  isTagCharacter,
  isWordCharacter,
  LESS,
  PERCENT,
  DOT,
  HASH,
  SPACE,
} from '../characters.ts'
import type { Cursor, Mark } from './cursor.ts'
import { ScannedToken, Token } from './token.ts'

/** Scans `*name` or `&name`. */
export function scanAnchor(cursor: Cursor, type: typeof Token.alias | typeof Token.anchor): ScannedToken {
  const start = cursor.mark()
  cursor.skip(1)
  const { hasWordAnchors } = cursor.edition
  const name = takeWhile(cursor, hasWordAnchors ? isWordCharacter : isAnchorCharacter)
  const code = cursor.code()
  const mayFollow = hasWordAnchors ? '?:,]}%@`' : ':,]}'
  if (name === '' || !(isBlankBreakOrEnd(code) || mayFollow.includes(String.fromCharCode(code)))) {
    const context = type === Token.anchor ? 'while scanning an anchor' : 'while scanning an alias'
    fail(cursor, start, context, 'did not find expected alphabetic or numeric character')
  }
  return new ScannedToken(type, start, cursor.offset, name)
}

/** Scans a tag. The token's `value` is the handle, '' for `!<…>` and for a lone `!`; `suffix` is the rest. */
export function scanTag(cursor: Cursor): ScannedToken {
  const start = cursor.mark()
  let handle = ''
  let suffix: string
  if (cursor.code(1) === LESS) {
    cursor.skip(2)
    suffix = scanUri(cursor, start, { verbatim: true, head: '' })
    if (cursor.code() !== GREATER)
      fail(cursor, start, 'while scanning a tag', "did not find the expected '>'")
    cursor.skip(1)
  } else {
    handle = scanHandle(cursor, start, false)
    if (handle.length > 1 && handle.endsWith('!')) {
      suffix = scanUri(cursor, start, { head: '' })
    } else {
      suffix = scanUri(cursor, start, { head: handle })
      handle = suffix === '' ? '' : '!'
      if (suffix === '') suffix = '!'
    }
  }
  if (!isBlankBreakOrEnd(cursor.code())) {
    fail(cursor, start, 'while scanning a tag', 'did not find expected whitespace or line break')
  }
  return new ScannedToken(Token.tag, start, cursor.offset, handle, 0, suffix)
}

/** Scans a `%YAML` or `%TAG` line. */
export function scanDirective(cursor: Cursor): ScannedToken {
  const context = 'while scanning a directive'
  const start = cursor.mark()
  cursor.skip(1)
  const name = takeWhile(cursor, isWordCharacter)
  if (name === '') fail(cursor, start, context, 'could not find expected directive name')
  if (!isBlankBreakOrEnd(cursor.code()))
    fail(cursor, start, context, 'found unexpected non-alphabetical character')
  if (name !== 'YAML' && name !== 'TAG') fail(cursor, start, context, 'found unknown directive name')
  const token = name === 'YAML' ? scanVersion(cursor, start) : scanTagDirective(cursor, start)
  cursor.skipBlanks()
  if (cursor.code() === HASH) cursor.skipTo(cursor.lineEnd())
  if (!isBreakOrEnd(cursor.code()))
    fail(cursor, start, context, 'did not find expected comment or line break')
  if (isBreak(cursor.code())) cursor.readBreak()
  return token
}

function scanVersion(cursor: Cursor, start: Mark): ScannedToken {
  cursor.skipBlanks()
  const major = scanVersionNumber(cursor, start)
  if (cursor.code() !== DOT) {
    fail(cursor, start, 'while scanning a %YAML directive', "did not find expected digit or '.' character")
  }
  cursor.skip(1)
  const minor = scanVersionNumber(cursor, start)
  return new ScannedToken(Token.versionDirective, start, cursor.offset, `${major}.${minor}`)
}

const VERSION_DIGITS = 2

function scanVersionNumber(cursor: Cursor, start: Mark): number {
  const context = 'while scanning a %YAML directive'
  let digits = ''
  while (isDigit(cursor.code())) {
    if (digits.length === VERSION_DIGITS) fail(cursor, start, context, 'found extremely long version number')
    digits += String.fromCharCode(cursor.code())
    cursor.skip(1)
  }
  if (digits === '') fail(cursor, start, context, 'did not find expected version number')
  return Number(digits)
}

function scanTagDirective(cursor: Cursor, start: Mark): ScannedToken {
  const context = 'while scanning a %TAG directive'
  cursor.skipBlanks()
  const handle = scanHandle(cursor, start, true)
  if (!isBlank(cursor.code())) fail(cursor, start, context, 'did not find expected whitespace')
  cursor.skipBlanks()
  const prefix = scanUri(cursor, start, { directive: true, verbatim: true, head: '' })
  if (!isBlankBreakOrEnd(cursor.code())) {
    fail(cursor, start, context, 'did not find expected whitespace or line break')
  }
  return new ScannedToken(Token.tagDirective, start, cursor.offset, handle, 0, prefix)
}

/** Scans `!`, `!!`, `!word!`, or `!word`, which is not a handle but the start of a tag. */
function scanHandle(cursor: Cursor, start: Mark, directive: boolean): string {
  if (cursor.code() !== BANG) failTag(cursor, start, directive, "did not find expected '!'")
  cursor.skip(1)
  const word = takeWhile(cursor, isWordCharacter)
  if (cursor.code() === BANG) {
    cursor.skip(1)
    return `!${word}!`
  }
  if (directive && word !== '') failTag(cursor, start, directive, "did not find expected '!'")
  return `!${word}`
}

interface UriOptions {
  readonly directive?: boolean
  /** Whether flow indicators are allowed, as in `!<…>` and in the prefix of a directive. */
  readonly verbatim?: boolean
  /** Text already read as a handle: after its `!` it is the start of the URI. */
  readonly head: string
}

function scanUri(
  cursor: Cursor,
  start: Mark,
  { directive = false, verbatim = false, head }: UriOptions,
): string {
  const from = cursor.offset
  const isWide = verbatim || cursor.edition.hasWideTags
  let uri = head.slice(1)
  while (isTagCharacter(cursor.code(), isWide)) {
    if (cursor.code() === PERCENT) uri += scanUriEscape(cursor, start, directive)
    else uri += takeWhile(cursor, (code) => code !== PERCENT && isTagCharacter(code, isWide))
  }
  const code = cursor.code()
  if (!verbatim && code > SPACE && code < 0x7f) {
    const message = `found character '${String.fromCharCode(code)}' that is not allowed in a YAML tag`
    failTag(cursor, start, directive, message)
  }
  if (cursor.offset === from && head === '')
    failTag(cursor, start, directive, 'did not find expected tag URI')
  return uri
}

/** Scans one character that is written as `%XX` escapes of its UTF-8 octets. */
function scanUriEscape(cursor: Cursor, start: Mark, directive: boolean): string {
  const octets: number[] = []
  let width = 1
  while (octets.length < width) {
    const escape = cursor.text.slice(cursor.offset, cursor.offset + 3)
    if (!/^%[0-9a-fA-F]{2}$/.test(escape)) failTag(cursor, start, directive, 'did not find URI escaped octet')
    const octet = Number.parseInt(escape.slice(1), 16)
    if (octets.length === 0) {
      width = widthOf(octet)
      if (width === 0) failTag(cursor, start, directive, 'found an incorrect leading UTF-8 octet')
    } else if ((octet & 0xc0) !== 0x80) {
      failTag(cursor, start, directive, 'found an incorrect trailing UTF-8 octet')
    }
    octets.push(octet)
    cursor.skip(3)
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(octets))
}

/** Length in octets of the UTF-8 sequence that starts with `octet`; 0 for an invalid start. */
function widthOf(octet: number): number {
  if (octet < 0x80) return 1
  if ((octet & 0xe0) === 0xc0) return 2
  if ((octet & 0xf0) === 0xe0) return 3
  return (octet & 0xf8) === 0xf0 ? 4 : 0
}

function takeWhile(cursor: Cursor, test: (code: number) => boolean): string {
  const from = cursor.offset
  let to = from
  while (test(cursor.text.charCodeAt(to))) to++
  if (to > from) cursor.skipTo(to)
  return cursor.text.slice(from, to)
}

function failTag(cursor: Cursor, start: Mark, directive: boolean, message: string): never {
  return fail(cursor, start, directive ? 'while parsing a %TAG directive' : 'while parsing a tag', message)
}

function fail(cursor: Cursor, contextAt: Mark, context: string, message: string): never {
  return cursor.fail({ stage: 'scanner', message, at: cursor.mark(), context, contextAt })
}
