import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { parseDuration } from '../../src/go/duration.ts'
import { formatFloat } from '../../src/go/floats.ts'
import { formatTime } from '../../src/go/format-time.ts'
import { toLower, toUpper } from '../../src/go/letter-case.ts'
import { parseTime } from '../../src/go/parse-time.ts'
import { quote } from '../../src/go/quote.ts'
import { byteOffset, RegularExpression, type Span } from '../../src/go/regular-expression.ts'
import { loadZone, UTC } from '../../src/go/time-zone.ts'

interface Vector {
  readonly kind: string
  readonly in: readonly string[]
  readonly out: string
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('vectors/go.json', import.meta.url), 'utf8'),
)

/** Our result for the inputs of each kind of vector. */
const giving: Readonly<Record<string, (...inputs: string[]) => string>> = {
  format: (seconds = '', nanoseconds = '', zone = '', layout = '') =>
    formatTime(
      { seconds: Number(seconds), nanoseconds: Number(nanoseconds), zone: loadZone(zone) ?? UTC },
      layout,
    ),
  parse: (layout = '', text = '') => {
    const parsed = parseTime(layout, text)
    if (!parsed.ok) return 'refused'
    const { seconds, nanoseconds, zone } = parsed.instant
    const { abbreviation, offset } = zone.at(seconds)
    return `${seconds} ${nanoseconds} ${abbreviation} ${offset}`
  },
  duration: (text = '') => {
    const parsed = parseDuration(text)
    return parsed.ok ? String(parsed.nanoseconds) : parsed.message
  },
  expression: (source = '') => {
    try {
      return `compiled ${new RegularExpression(source).groupNames.length}`
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
  },
  matches: (source = '', subject = '') => {
    const offsets = (span: Span | undefined): number[] =>
      span === undefined ? [-1, -1] : [byteOffset(subject, span.start), byteOffset(subject, span.end)]
    const all = new RegularExpression(source).findAll(subject)
    return JSON.stringify(
      all.length === 0 ? null : all.map((match) => [match, ...match.groups].flatMap(offsets)),
    )
  },
  replacement: (source = '', subject = '', template = '') =>
    new RegularExpression(source).replaceAll(subject, template),
  case: (text = '') => `${toUpper(text)}|${toLower(text)}`,
  quote: (text = '') => quote(text),
  float: (text = '') => formatFloat(Number(text)),
}

describe("functions of Go's library give Go's results", () => {
  for (const kind of Object.keys(giving)) {
    const ofKind = vectors.filter((vector) => vector.kind === kind)
    test(`${kind}: ${ofKind.length} recorded cases`, () => {
      expect(ofKind.length).toBeGreaterThan(0)
      const given = ofKind.map((vector) => [...vector.in, giving[kind]?.(...vector.in)])
      expect(given).toEqual(ofKind.map((vector) => [...vector.in, vector.out]))
    })
  }
})
