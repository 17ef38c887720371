import type { Case } from './case.ts'

/** Behaviour of yq 4 that looks like a bug. We keep it because scripts depend on it. */
export interface Oddity extends Case {
  readonly group: 'expressions' | 'paths' | 'writing' | 'values' | 'reading' | 'printing' | 'comments' | 'results'
  /** One sentence for the compatibility page. */
  readonly title: string
  /** Whether the output has different data from the input. */
  readonly changesData?: boolean
}

export const ODDITIES: readonly Oddity[] = [
  { group: 'expressions', title: 'Operators of the same precedence are right-associative: `1 - 2 - 3` is `1 - (2 - 3)`', document: 'a: 1\n', expression: '1 - 2 - 3' },
  { group: 'expressions', title: '`*` and `+` have the same precedence: `2 * 3 + 4` is `2 * (3 + 4)`', document: 'a: 1\n', expression: '2 * 3 + 4' },
  { group: 'expressions', title: '`and` and `or` have the same precedence', document: 'a: false\nb: true\nc: true\n', expression: '.a and .b or .c' },
  { group: 'expressions', title: 'Comparisons are right-associative: `.a == 1 == true` is `.a == (1 == true)`', document: 'a: 1\n', expression: '.a == 1 == true' },
  { group: 'expressions', title: 'A pipe has a lower precedence than an assignment', document: 'a: 1\nb: 2\n', expression: '.a = .b | .a' },
  { group: 'expressions', title: 'A comma has a lower precedence than an assignment, so there are two results', document: 'a: 1\n', expression: '.x = 1, .y = 2' },
  { group: 'expressions', title: '`del(.a) + 1` deletes the results of `.a + 1`', document: 'a: 1\nb: 2\n', expression: 'del(.a) + 1' },
  { group: 'expressions', title: 'A name in a path includes `+`, `-`, `*`, `/`, `%`, `#` and quotes', document: 'a-1: x\na: 5\n', expression: '.a-1' },
  { group: 'expressions', title: '`.a+=1` assigns to the key `a+`', document: 'a: 5\n', expression: '.a+=1', changesData: true },
  { group: 'expressions', title: '`=` directly before a `c` is the assignment `=c`: `.a =contains("x")` is a syntax error', document: 'a: x\n', expression: '.a =contains("x")' },
  { group: 'expressions', title: '`ascii_upcase` does not exist: the lexer reads `as` first', document: 'a: x\n', expression: '.a | ascii_upcase' },
  { group: 'expressions', title: 'Numbers with underscores, `0o17` and `5.` are syntax errors in expressions', document: 'a: 1\n', expression: '1_000' },
  { group: 'expressions', title: '`3-1` is parsed as the two numbers 3 and -1', document: 'a: 1\n', expression: '3-1' },
  { group: 'expressions', title: '`.a | first` is an error, `first(.)` works', document: 'a: [1]\n', expression: '.a | first' },
  { group: 'expressions', title: 'Unknown escape sequences in strings stay as they are, with the backslash', document: 'a: 1\n', expression: '"\\d\\u00e9"' },
  { group: 'paths', title: 'Keys are matched as patterns', document: 'cat: 1\ncow: 2\ndog: 3\n', expression: '.c*' },
  { group: 'paths', title: 'Quoted keys are patterns, too', document: 'cat: 1\ncow: 2\n', expression: '.["c*"]' },
  { group: 'paths', title: '`==` matches its right side as a pattern', document: 'a: cat\n', expression: '.a == "c*"' },
  { group: 'paths', title: '`==` ignores types: `"1" == 1`', document: 'a: "1"\n', expression: '.a == 1' },
  { group: 'paths', title: 'Maps and lists are never equal', document: 'a: [1]\nb: [1]\n', expression: '.a == .b' },
  { group: 'paths', title: 'Reading a missing path creates it in the document', document: 'a: 1\n', expression: '.b.c, .', changesData: true },
  { group: 'paths', title: 'Reading an index beyond the end pads the list, even in `select`', document: 'a: [1]\n', expression: 'select(.a[3] == 1), .', changesData: true },
  { group: 'paths', title: '`.[]` on null changes it to an empty list', document: 'a:\n', expression: '.a[], .', changesData: true },
  { group: 'paths', title: 'A name on a scalar has no results, so an assignment below a scalar does nothing', document: 'a: text\n', expression: '.a.b = 1' },
  { group: 'paths', title: 'Of duplicate keys, a path finds the last; both are printed', document: 'a: 1\na: 2\n', expression: '.a, .' },
  { group: 'paths', title: 'A merge key after a key overrides it', document: 'x: &x {a: 1}\ny:\n  a: 2\n  <<: *x\n', expression: '.y.a' },
  { group: 'paths', title: 'An integer key is found by its text, but never deleted', document: '1: a\n2: b\n', expression: 'del(.1)' },
  { group: 'writing', title: 'With several results on the right of `=`, the last wins', document: 'a: 1\n', expression: '.a = (2, 3)' },
  { group: 'writing', title: '`|=` without a result keeps the old value', document: 'a: 1\n', expression: '.a |= select(. == 2)' },
  { group: 'writing', title: 'An assignment keeps the style of the old value', document: "a: 'x'\nb: |\n  y\n", expression: '.a = "z" | .b = "z"' },
  { group: 'writing', title: 'A new value of another type is not quoted', document: 'a: "3"\n', expression: '.a = 3' },
  { group: 'writing', title: '`*` takes the anchors of the right side, so an alias may refer to none', document: 'a: &x {b: 1}\nc: *x\n', expression: '. * {"a": {"b": 2}}', changesData: true },
  { group: 'writing', title: 'In `{…}`, a later key that is a pattern replaces the keys that it matches', document: '', expression: '{"b": 1, "*": 2}', changesData: true },
  { group: 'writing', title: 'Assigning below an alias changes the anchored original', document: 'a: &x {b: 1}\nc: *x\n', expression: '.c.b = 2' },
  { group: 'writing', title: 'Clearing the head comment of a document removes its `---`', document: '---\n# top\na: 1\n', expression: '. head_comment=""' },
  { group: 'writing', title: 'A line comment on a block map moves to the next scalar', document: 'a:\n  b: 1\nc: 2\n', expression: '.a line_comment="x"' },
  { group: 'values', title: 'A division always results in a float; a whole number is printed without a decimal point', document: 'a: 6\n', expression: '(.a / 2) | (., tag)' },
  { group: 'values', title: 'Large floats are printed with an exponent', document: 'a: 10000000\n', expression: '.a / 2' },
  { group: 'values', title: 'A sum has the number base of its left side', document: 'a: 0x1F\n', expression: '.a + 1' },
  { group: 'values', title: 'Integers overflow without an error', document: 'a: 9223372036854775807\n', expression: '.a + 1', changesData: true },
  { group: 'values', title: '`length` of a string counts bytes', document: 'a: é\n', expression: '.a | length' },
  { group: 'values', title: '`unique` compares texts: 1 and "1" are equal', document: '[1, "1", 2]\n', expression: 'unique' },
  { group: 'values', title: '`08` is a float', document: 'a: 08\n', expression: '.a | tag' },
  { group: 'values', title: '`yes` and `on` are strings', document: 'a: yes\n', expression: '.a | tag' },
  { group: 'values', title: 'A map created by a path has no tag', document: '{}\n', expression: '.a.b = 1 | .a | tag' },
  { group: 'reading', title: '`--- # comment` at the start turns the first entry into a comment', document: '--- # c\na: 1\nb: 2\n', expression: '.', changesData: true },
  { group: 'reading', title: 'Several separators at the start begin only one document', document: '---\n---\na: 1\n', expression: '.' },
  { group: 'reading', title: 'Line numbers start after the leading comments', document: '# c\n\na: 1\n', expression: '.a | line' },
  { group: 'reading', title: 'A line of spaces at the start becomes a comment', document: '  \na: 1\n', expression: '.' },
  { group: 'reading', title: 'CRLF line breaks add an empty line below comments', document: 'a: 1\r\n# d\r\nb: 2\r\n', expression: '.' },
  { group: 'printing', title: 'A folded scalar is followed by an additional blank line', document: 'a: >\n  x y\nb: 1\n', expression: '.' },
  { group: 'printing', title: 'A folded scalar gets one more line break before indented lines each time it is printed', document: 'a: >\n  x\n    y\n', expression: '.', changesData: true },
  { group: 'printing', title: 'A literal block that starts with an empty line loses the indentation of its first line', document: 'a: |2\n\n    x\n', expression: '.', changesData: true },
  { group: 'printing', title: 'A text with an emoji is printed in double quotes, escaped', document: 'a: |\n  😀\n  x\n', expression: '.' },
  { group: 'printing', title: 'An empty value in a flow collection becomes an empty string', document: '{a, b: }\n', expression: '.', changesData: true },
  { group: 'printing', title: 'A block scalar with a space at the end of a line is printed in double quotes', document: 'a: |\n  x \n  y\n', expression: '.' },
  { group: 'printing', title: 'Keys longer than 128 bytes are printed as explicit keys (`? `)', document: `${'k'.repeat(129)}: 1\n`, expression: '.' },
  { group: 'printing', title: 'The indentation indicator of a block scalar is always the number of `-I`, which is invalid YAML in a list', document: 'a:\n  - |2\n      x\n    y\n', expression: '.', flags: ['-I4'], changesData: true },
  { group: 'comments', title: 'A comment under `key: &anchor` moves to the first entry', document: 'a: &x # c\n  b: 1\n', expression: '.' },
  { group: 'comments', title: 'A comment after `[` is lost', document: 'a: [ # c\n  b]\n', expression: '.', changesData: true },
  { group: 'comments', title: 'A comment after `-` becomes the head comment of the next item', document: '- # c\n- b\n', expression: '.' },
  { group: 'comments', title: 'Comments around `---` move between documents', document: 'a: 1\n\n# foot\n---\n# head\n\nb: 2\n', expression: '.', changesData: true },
  { group: 'comments', title: 'Blank lines between entries are removed, and one is added after each foot comment', document: 'a: 1\n\n\nb: 2\n# foot\n\nc: 3\n', expression: '.' },
  { group: 'results', title: 'Results that an operator creates belong to no document, so there is no separator between them', document: 'a: 1\n---\na: 2\n', expression: 'length' },
  { group: 'results', title: 'A document that is a scalar is printed without its quotes', document: '"x"\n', expression: '.' },
  { group: 'results', title: '`-P` applies only to the last part of `a, b`', document: 'a: {x: 1}\nb: {y: 1}\n', expression: '.a, .b', flags: ['-P'] },
]

export function cases(): Case[] {
  return ODDITIES.map(({ document, expression = '.', flags }) => ({ document, expression, ...(flags === undefined ? {} : { flags }) }))
}
