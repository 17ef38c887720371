import type { Case } from './case.ts'

/** Behaviour of yq 4 that looks like a bug and is kept, since people's scripts stand on it. */
export interface Oddity extends Case {
  readonly group: 'expressions' | 'paths' | 'writing' | 'values' | 'reading' | 'printing' | 'comments' | 'results'
  /** One sentence for the compatibility page. */
  readonly title: string
  /** Whether data come out other than they went in, so that it is worth a second look. */
  readonly changesData?: boolean
}

export const ODDITIES: readonly Oddity[] = [
  { group: 'expressions', title: 'All operators of one level bind to the right: `1 - 2 - 3` is `1 - (2 - 3)`', document: 'a: 1\n', expression: '1 - 2 - 3' },
  { group: 'expressions', title: '`*` and `+` are one level: `2 * 3 + 4` is `2 * (3 + 4)`', document: 'a: 1\n', expression: '2 * 3 + 4' },
  { group: 'expressions', title: '`and` and `or` are one level', document: 'a: false\nb: true\nc: true\n', expression: '.a and .b or .c' },
  { group: 'expressions', title: 'Comparisons bind to the right: `.a == 1 == true` is `.a == (1 == true)`', document: 'a: 1\n', expression: '.a == 1 == true' },
  { group: 'expressions', title: 'A pipe binds less tight than an assignment', document: 'a: 1\nb: 2\n', expression: '.a = .b | .a' },
  { group: 'expressions', title: 'A comma binds less tight than an assignment: two results', document: 'a: 1\n', expression: '.x = 1, .y = 2' },
  { group: 'expressions', title: '`del(.a) + 1` deletes what `.a + 1` gives', document: 'a: 1\nb: 2\n', expression: 'del(.a) + 1' },
  { group: 'expressions', title: 'A name swallows `+`, `-`, `*`, `/`, `%`, `#` and quotes', document: 'a-1: x\na: 5\n', expression: '.a-1' },
  { group: 'expressions', title: '`.a+=1` assigns to the key `a+`', document: 'a: 5\n', expression: '.a+=1', changesData: true },
  { group: 'expressions', title: '`=c` takes any `c` after it: `.a =contains("x")` cannot be read', document: 'a: x\n', expression: '.a =contains("x")' },
  { group: 'expressions', title: '`ascii_upcase` is not known: `as` is read first', document: 'a: x\n', expression: '.a | ascii_upcase' },
  { group: 'expressions', title: 'Numbers with underscores, `0o17` and `5.` are not read in expressions', document: 'a: 1\n', expression: '1_000' },
  { group: 'expressions', title: '`3-1` is two numbers', document: 'a: 1\n', expression: '3-1' },
  { group: 'expressions', title: '`.a | first` is refused, `first(.)` works', document: 'a: [1]\n', expression: '.a | first' },
  { group: 'expressions', title: 'Unknown escapes in strings stay with their backslash', document: 'a: 1\n', expression: '"\\d\\u00e9"' },
  { group: 'paths', title: 'Keys are matched as patterns', document: 'cat: 1\ncow: 2\ndog: 3\n', expression: '.c*' },
  { group: 'paths', title: 'Quoted keys are patterns, too', document: 'cat: 1\ncow: 2\n', expression: '.["c*"]' },
  { group: 'paths', title: '`==` matches its right side as a pattern', document: 'a: cat\n', expression: '.a == "c*"' },
  { group: 'paths', title: '`==` ignores types: `"1" == 1`', document: 'a: "1"\n', expression: '.a == 1' },
  { group: 'paths', title: 'Maps and lists are never equal', document: 'a: [1]\nb: [1]\n', expression: '.a == .b' },
  { group: 'paths', title: 'Reading creates: a path that is not there appears in the document', document: 'a: 1\n', expression: '.b.c, .', changesData: true },
  { group: 'paths', title: 'Indexes pad lists even in `select`', document: 'a: [1]\n', expression: 'select(.a[3] == 1), .', changesData: true },
  { group: 'paths', title: '`.[]` on null makes it an empty list', document: 'a:\n', expression: '.a[], .', changesData: true },
  { group: 'paths', title: 'A name on a scalar gives nothing, so an assignment below a scalar does nothing', document: 'a: text\n', expression: '.a.b = 1' },
  { group: 'paths', title: 'A duplicate key: the path sees the last, the printer both', document: 'a: 1\na: 2\n', expression: '.a, .' },
  { group: 'paths', title: 'A merge written after a key overrides that key', document: 'x: &x {a: 1}\ny:\n  a: 2\n  <<: *x\n', expression: '.y.a' },
  { group: 'paths', title: 'A key that is an integer is found by its text, but never deleted', document: '1: a\n2: b\n', expression: 'del(.1)' },
  { group: 'writing', title: 'With several results on the right of `=`, the last wins', document: 'a: 1\n', expression: '.a = (2, 3)' },
  { group: 'writing', title: '`|=` without a result leaves the value alone', document: 'a: 1\n', expression: '.a |= select(. == 2)' },
  { group: 'writing', title: 'An assignment keeps the style of what it replaces', document: "a: 'x'\nb: |\n  y\n", expression: '.a = "z" | .b = "z"' },
  { group: 'writing', title: 'A new value of another type loses the quotes', document: 'a: "3"\n', expression: '.a = 3' },
  { group: 'writing', title: '`*` replaces anchors by those of the right side: an alias may dangle', document: 'a: &x {b: 1}\nc: *x\n', expression: '. * {"a": {"b": 2}}', changesData: true },
  { group: 'writing', title: 'In `{…}`, a later key that is a pattern takes over the keys it matches', document: '', expression: '{"b": 1, "*": 2}', changesData: true },
  { group: 'writing', title: 'Assigning below an alias changes the anchored original', document: 'a: &x {b: 1}\nc: *x\n', expression: '.c.b = 2' },
  { group: 'writing', title: 'Clearing the head comment of a document drops its `---`', document: '---\n# top\na: 1\n', expression: '. head_comment=""' },
  { group: 'writing', title: 'A line comment on a block map moves to the next scalar', document: 'a:\n  b: 1\nc: 2\n', expression: '.a line_comment="x"' },
  { group: 'values', title: 'A division always gives a float, printed without a point where it can be', document: 'a: 6\n', expression: '(.a / 2) | (., tag)' },
  { group: 'values', title: 'Large floats are printed with an exponent', document: 'a: 10000000\n', expression: '.a / 2' },
  { group: 'values', title: 'A sum keeps the base of its left side', document: 'a: 0x1F\n', expression: '.a + 1' },
  { group: 'values', title: 'Integers wrap around', document: 'a: 9223372036854775807\n', expression: '.a + 1', changesData: true },
  { group: 'values', title: '`length` of a text counts bytes', document: 'a: é\n', expression: '.a | length' },
  { group: 'values', title: '`unique` goes by the text: 1 and "1" are the same', document: '[1, "1", 2]\n', expression: 'unique' },
  { group: 'values', title: '`08` is a float', document: 'a: 08\n', expression: '.a | tag' },
  { group: 'values', title: '`yes` and `on` are strings', document: 'a: yes\n', expression: '.a | tag' },
  { group: 'values', title: 'A map that a path made has no tag', document: '{}\n', expression: '.a.b = 1 | .a | tag' },
  { group: 'reading', title: '`--- # comment` at the front swallows the first entry', document: '--- # c\na: 1\nb: 2\n', expression: '.', changesData: true },
  { group: 'reading', title: 'Several separators at the front make one document', document: '---\n---\na: 1\n', expression: '.' },
  { group: 'reading', title: 'Lines count from after the leading comments', document: '# c\n\na: 1\n', expression: '.a | line' },
  { group: 'reading', title: 'A blank line with spaces at the front becomes a comment', document: '  \na: 1\n', expression: '.' },
  { group: 'reading', title: 'Line breaks of Windows make an empty line under comments', document: 'a: 1\r\n# d\r\nb: 2\r\n', expression: '.' },
  { group: 'printing', title: 'Folded text gets a blank line after it', document: 'a: >\n  x y\nb: 1\n', expression: '.' },
  { group: 'printing', title: 'Folded text gets one more break before indented lines each time it is printed', document: 'a: >\n  x\n    y\n', expression: '.', changesData: true },
  { group: 'printing', title: 'A literal block that starts with an empty line loses the indentation of its first line', document: 'a: |2\n\n    x\n', expression: '.', changesData: true },
  { group: 'printing', title: 'Emoji turn any text into an escaped one', document: 'a: |\n  😀\n  x\n', expression: '.' },
  { group: 'printing', title: 'An empty value in a flow collection becomes an empty string', document: '{a, b: }\n', expression: '.', changesData: true },
  { group: 'printing', title: 'A block with a space at the end of a line becomes an escaped text', document: 'a: |\n  x \n  y\n', expression: '.' },
  { group: 'printing', title: 'Keys longer than 128 bytes get a question mark', document: `${'k'.repeat(129)}: 1\n`, expression: '.' },
  { group: 'printing', title: 'The hint of a block scalar is always the digit of `-I`, which is not valid YAML in a list', document: 'a:\n  - |2\n      x\n    y\n', expression: '.', flags: ['-I4'], changesData: true },
  { group: 'comments', title: 'A comment under `key: &anchor` moves to the first entry', document: 'a: &x # c\n  b: 1\n', expression: '.' },
  { group: 'comments', title: 'A comment after `[` is lost', document: 'a: [ # c\n  b]\n', expression: '.', changesData: true },
  { group: 'comments', title: 'A comment after `-` becomes the head of the next item', document: '- # c\n- b\n', expression: '.' },
  { group: 'comments', title: 'Comments around `---` move between documents', document: 'a: 1\n\n# foot\n---\n# head\n\nb: 2\n', expression: '.', changesData: true },
  { group: 'comments', title: 'Blank lines between entries go, and one comes after each foot comment', document: 'a: 1\n\n\nb: 2\n# foot\n\nc: 3\n', expression: '.' },
  { group: 'results', title: 'What an operator makes of a whole document has no document, so there is no separator between results', document: 'a: 1\n---\na: 2\n', expression: 'length' },
  { group: 'results', title: 'A document of a scalar loses its quotes', document: '"x"\n', expression: '.' },
  { group: 'results', title: '`-P` binds only to the last part of `a, b`', document: 'a: {x: 1}\nb: {y: 1}\n', expression: '.a, .b', flags: ['-P'] },
]

export function cases(): Case[] {
  return ODDITIES.map(({ document, expression = '.', flags }) => ({ document, expression, ...(flags === undefined ? {} : { flags }) }))
}
