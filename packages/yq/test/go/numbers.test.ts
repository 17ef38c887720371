import { describe, expect, test } from 'vitest'

import { bytesOfText, byteLength, textOfBytes } from '../../src/go/byte-text.ts'
import { parseFloat64 } from '../../src/go/floats.ts'
import { formatNotation, parseInteger, parseNotation, wrapInt64 } from '../../src/go/integers.ts'
import { loadZone } from '../../src/go/time-zone.ts'
import { trimSpace } from '../../src/go/white-space.ts'

describe('integers', () => {
  test.each([
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    ['+7', 7n],
    ['007', 7n],
  ])('ParseInt accepts %s', (text, value) => {
    expect(parseInteger(text)).toEqual({ ok: true, value })
  })

  test.each([
    ['', 'syntax'],
    ['1_000', 'syntax'],
    ['0x1F', 'syntax'],
    [' 1', 'syntax'],
    ['9223372036854775808', 'range'],
    ['1'.repeat(100_000), 'range'],
  ])('ParseInt rejects %.20s', (text, reason) => {
    expect(parseInteger(text)).toEqual({ ok: false, reason })
  })

  test.each([
    ['0x1F', 31n, 'hexadecimal'],
    ['-0X1f', -31n, 'hexadecimal'],
    ['0o17', 15n, 'octal'],
    ['1_000', 1000n, 'decimal'],
    ['017', 17n, 'decimal'],
  ])('yq parses %s with its notation', (text, value, notation) => {
    expect(parseNotation(text)).toEqual({ ok: true, value, notation })
  })

  test('are printed in their notation', () => {
    expect(formatNotation(32n, 'hexadecimal')).toBe('0x20')
    expect(formatNotation(8n, 'octal')).toBe('0o10')
  })

  test('wrap at 2^63', () => {
    expect(wrapInt64(2n ** 63n)).toBe(-(2n ** 63n))
  })
})

describe('floats', () => {
  test.each([
    ['1_000', 1000],
    ['0x1p4', 16],
    ['0x1.8p1', 3],
    ['.5', 0.5],
    ['5.', 5],
    ['+Inf', Infinity],
    ['-infinity', -Infinity],
  ])('ParseFloat accepts %s', (text, value) => {
    expect(parseFloat64(text)).toEqual({ ok: true, value })
  })

  test.each(['', '1__0', '_1', '1e', '0x1F', ' 1', '.inf', '+nan'])('ParseFloat refuses "%s"', (text) => {
    expect(parseFloat64(text).ok).toBe(false)
  })

  test('out of range are another error than invalid ones', () => {
    expect(parseFloat64('1e400')).toEqual({ ok: false, reason: 'range', value: Infinity })
  })
})

describe('text of bytes', () => {
  test('preserves bytes that are not UTF-8', () => {
    const bytes = Uint8Array.from([0x61, 0xff, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0xc3])
    expect([...bytesOfText(textOfBytes(bytes))]).toEqual([...bytes])
    expect(byteLength(textOfBytes(bytes))).toBe(bytes.length)
  })
})

describe('white space', () => {
  test('is the same as in Go: NEL is, the byte order mark is not', () => {
    expect(trimSpace('\u0085 \t\u3000a b\u2028')).toBe('a b')
    expect(trimSpace('\ufeffa')).toBe('\ufeffa')
  })
})

describe('time zones', () => {
  test.each(['Nowhere/At_All', 'australia/sydney', '+01:00', '../UTC'])('%s is not a zone', (name) => {
    expect(loadZone(name)).toBeUndefined()
  })

  test('have the abbreviations of the zone database in both halves of the year', () => {
    const sydney = loadZone('Australia/Sydney')
    expect(sydney?.at(Date.UTC(2021, 0, 1) / 1000)).toEqual({ offset: 39_600, abbreviation: 'AEDT' })
    expect(sydney?.at(Date.UTC(2021, 6, 1) / 1000)).toEqual({ offset: 36_000, abbreviation: 'AEST' })
    expect(loadZone('America/Sao_Paulo')?.at(0)).toEqual({ offset: -10_800, abbreviation: '-03' })
  })
})
