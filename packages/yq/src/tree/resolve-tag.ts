/** Words with a type, by exact spelling. */
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '!!null': ['', '~', 'null', 'Null', 'NULL'],
    '!!bool': ['true', 'True', 'TRUE', 'false', 'False', 'FALSE'],
    '!!float': '.inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF .nan .NaN .NAN -0 -0.0'.split(' '),
    '!!merge': ['<<'],
  }).flatMap(([tag, words]) => words.map((word) => [word, tag] as const)),
)

/** The type that a plain scalar may have, by its first character; 0 is a string. */
const WORD = 1
const NUMBER = 2
const POINT = 3
const FIRST: Uint8Array = new Uint8Array(128)
for (const character of 'yYnNtTfFoO~<') FIRST[character.charCodeAt(0)] = WORD
for (const character of '+-0123456789') FIRST[character.charCodeAt(0)] = NUMBER
FIRST['.'.charCodeAt(0)] = POINT

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const POINT_FLOAT = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/

/**
 * The tag that go-yaml infers for a plain scalar: `!!null`, `!!bool`, `!!int`, `!!float`, `!!timestamp`, `!!merge` or
 * `!!str`. Numbers may contain underscores anywhere. `yes`, `on` and similar words are strings.
 */
export function resolveTag(text: string): string {
  if (text === '') return '!!null'
  const code = text.charCodeAt(0)
  const first = code < 128 ? FIRST[code] : 0
  if (first === 0) return '!!str'
  const word = text.length <= 5 ? WORDS.get(text) : undefined
  if (word !== undefined) return word
  if (first === NUMBER) return resolveNumber(text)
  if (first === POINT && POINT_FLOAT.test(text) && Number.isFinite(Number(text))) return '!!float'
  return '!!str'
}

function resolveNumber(text: string): string {
  if (isTimestamp(text)) return '!!timestamp'
  const plain = text.includes('_') ? text.replaceAll('_', '') : text
  if (INTEGER.test(plain) && fitsInteger(plain)) return '!!int'
  if (FLOAT.test(plain) && Number.isFinite(Number(plain))) return '!!float'
  return '!!str'
}

/** From -2^63 to 2^64 - 1; with a `+` to 2^63 - 1, because only Go's signed parser accepts a sign. */
function fitsInteger(text: string): boolean {
  if (text.length < 16) return true
  const sign = text.startsWith('-') || text.startsWith('+') ? text.charAt(0) : ''
  const digits = text.slice(sign.length)
  // In Go, a leading zero alone means octal.
  const octal = /^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits
  const value = BigInt(octal.toLowerCase())
  if (sign === '-') return value <= 2n ** 63n
  return value <= (sign === '+' ? 2n ** 63n - 1n : 2n ** 64n - 1n)
}

/** The layouts that go-yaml accepts: with `T` and a zone, with a blank and no zone, or a date alone. */
const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))| +(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?$/

function isTimestamp(text: string): boolean {
  if (text.charCodeAt(4) !== 45 /* - */) return false
  const parts = TIMESTAMP.exec(text)
  if (parts === null) return false
  const [year = 0, month = 0, day = 0, ...times] = parts.slice(1).map(Number)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false
  const [hour, minute, second, zoneHour, zoneMinute, plainHour, plainMinute, plainSecond] = times
  return (
    within(hour, 23) &&
    within(minute, 59) &&
    within(second, 59) &&
    within(plainHour, 23) &&
    within(plainMinute, 59) &&
    within(plainSecond, 59) &&
    within(zoneHour, 24) &&
    within(zoneMinute, 60)
  )
}

/** Whether a part is at most `most`. True for NaN, which is an absent part. */
function within(part: number | undefined, most: number): boolean {
  return !((part ?? 0) > most)
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}
