import type { Case } from './case.ts'

const LAYOUTS = ['2006-01-02', '02/01/2006', 'Monday, 02-Jan-06 at 3:04PM MST', 'Mon Jan _2 15:04:05 2006', '2006-01-02T15:04:05Z07:00', '2006-01-02T15:04:05.000000000Z07:00', '15:04', '3:04PM', 'Jan 2', '2006', '06', '2006-002', '20060102150405', '2006-01-02 15:04:05 -0700 MST', 'January', '__2', '.000', '05.99', 'x'] as const
const DATES = ['2001-12-14T21:59:43.10-05:00', '2021-01-01', '2006-01-02T15:04:05Z', '2021-02-28T23:30:00+01:00', '0001-01-01T00:00:00Z', '9999-12-31'] as const
const DURATIONS = ['1h', '24h', '3h10m', '-1h30m', '1.5h', '90s', '1d', 'x', '100ms', '720h'] as const
const ZONES = ['UTC', 'America/New_York', 'Australia/Sydney', 'Europe/Berlin', 'Asia/Kolkata', 'Nowhere/None'] as const

function dates(): string[] {
  return DATES.flatMap((date, row) => [
    ...LAYOUTS.filter((_, column) => (row + column) % 2 === 0).map((layout) => `"${date}" | format_datetime("${layout}")`),
    ...ZONES.filter((_, column) => (row + column) % 2 === 0).map((zone) => `"${date}" | tz("${zone}")`),
    ...DURATIONS.filter((_, column) => (row + column) % 3 === 0).map((duration) => `.date + "${duration}" | .x = "${date}"`),
    ...DURATIONS.filter((_, column) => (row + column) % 3 === 1).map((duration) => `.date = ("${date}" | . tag="!!timestamp") | .date += "${duration}"`),
    ...DURATIONS.filter((_, column) => (row + column) % 3 === 2).map((duration) => `.date = ("${date}" | . tag="!!timestamp") | .date -= "${duration}"`),
    `"${date}" | to_unix`,
    `"${date}" | with_dtf("2006-01-02"; tz("Asia/Kolkata"))`,
    `"${date}" < "2021-01-01"`,
    `["${date}", "2010-05-05"] | sort`,
  ])
}

const NUMBERS = ['0', '1', '-1', '7', '2.5', '-0.1', '1e3', '1e21', '1e-7', '0x1F', '0o17', '9223372036854775807', '18446744073709551615', '123456789.123', '.inf', '-.inf', '.nan', '100000000000000000000', '1_000', '08'] as const
const OPERATORS = ['+', '-', '*', '/', '%', '<', '>=', '=='] as const

function sums(): Case[] {
  return NUMBERS.flatMap((left, row) =>
    NUMBERS.filter((_, column) => (row * 7 + column) % 3 === 0).flatMap((right, column) => {
      const operator = OPERATORS[(row + column) % OPERATORS.length] ?? '+'
      const document = `a: ${left}\nb: ${right}\n`
      return [{ document, expression: `.a ${operator} .b` }, { document, expression: `.c = (.a ${operator} .b) | .c, (.c | tag)` }]
    }),
  )
}

const TEXTS = ['cat', 'Cat dog', 'straße', 'ÀÉ ĳ ǆ', 'ﬁ', 'İ', '  pad  ', 'a,b,,c', 'line\nbreak', 'tab\tx', '"q"', "it's", '日本語', '😀x', '', '%41 b', 'x=y&z', '<a>&</a>', 'a\\b', '$HOME', '0', 'null', '- x'] as const
const ON_TEXTS = ['upcase', 'downcase', 'trim', 'length', 'split(",")', 'split("")', '@uri', '@sh', '@base64', '@json', '@yaml', 'to_json', '.[1:3]', '.[-2:]', 'sub("[a-z]+", "<$0>")', 'sub("(?P<x>.)", "${x}${x}")', '[match("."; "g") | .offset]', 'test("^\\\\s")', 'contains("a")', '. * 2', '. + 1', '@urid', 'to_xml', '@csv', 'to_props', 'capture("(?P<first>.)(?P<rest>.*)")', '. style="double"', '. style="literal"', '. style="single"', '[match("a*"; "g") | .string] | join("|")', 'sub("\\\\b", "|")', 'test("\\\\p{L}")', 'split("a") | length', '[.] | @tsv', '. == "*a*"', 'sub("(a|b)", "[$1]")'] as const

function texts(): Case[] {
  return TEXTS.flatMap((text, row) =>
    ON_TEXTS.filter((_, column) => (row + column) % 2 === 0).map((operator) => ({ document: `${JSON.stringify({ a: text })}\n`, expression: `.a | ${operator}` })),
  )
}

const FORMATTED: readonly (readonly [operator: string, texts: readonly string[]])[] = [
  ['from_yaml', ['a: 1', '- x', 'x', '', '# c', 'a: 1\n---\nb: 2', '[', 'a: &x 1\nb: *x']],
  ['from_json', ['{"a": [1, 2.0, null]}', '[]', '1', '"x"', '{', '{"a":1}{"b":2}', '{"a": 1e3, "b": "\\u00e9"}']],
  ['from_props', ['a.b = 1', 'a.0 = x\na.1 = y', '# c\na = b', 'a: b', 'a\\ b = c', '=']],
  ['from_csv', ['a,b\n1,2', 'a\n"x,y"', '', 'a,b\n1', 'a,b\n[1],{x: 1}\n']],
  ['from_tsv', ['a\tb\n1\t2', 'a\n"x"']],
  ['from_xml', ['<a>1</a>', '<a x="1"><b>2</b><b>3</b></a>', '<a/>', '<a>', '<!-- c --><a>x</a>', '<?xml version="1.0"?><a>&lt;</a>', '<a><![CDATA[x]]></a>']],
  ['@base64d', ['eA==', 'eA', 'e', '!!', 'aGVsbG8=\n', '']],
  ['@urid', ['a%20b', '%', '%zz', 'a+b']],
]

/** Cases for dates, arithmetic, strings and encodings. */
export function cases(): Case[] {
  const formatted = FORMATTED.flatMap(([operator, inputs]) =>
    inputs.flatMap((text) => [
      { document: `${JSON.stringify({ a: text })}\n`, expression: `.a | ${operator}` },
      { document: `${JSON.stringify({ a: text })}\n`, expression: `.b = (.a | ${operator})` },
    ]),
  )
  return [...dates().map((expression) => ({ document: 'date: 2021-05-05T10:00:00Z\n', expression })), ...sums(), ...texts(), ...formatted]
}
