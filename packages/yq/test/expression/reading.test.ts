import { describe, expect, test } from 'vitest'
import { answer, type YqCase } from '../support/answer.ts'

const CASES: readonly YqCase[] = [
  ['a name includes a minus sign', 'a-1: x\na: 5\n', '.a-1', 'x\n'],
  ['a name includes a plus sign', 'a+b: x\n', '.a+b', 'x\n'],
  ['a name includes a star, which is a wildcard', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '.d*', 'text\n'],
  ['a sign with blanks around it is an operator', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '.a - 1', '0\n'],
  ['a name includes a tab', 'a: 1\n', '.a\t= 2', 'a: 1\n"a\\t": 2\n'],
  [
    'a number includes its sign, so 3-1 is two numbers',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '3-1',
    'Error: bad expression, please check expression syntax',
  ],
  ['operators are right-associative: minus', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '1 - 2 - 3', '2\n'],
  ['times and plus have the same precedence', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '2 * 3 + 4', '14\n'],
  ['comparisons are right-associative', 'a: 1\n', '.a == 1 == true', 'false\n'],
  ['and has the same precedence as or', 'a: false\nb: true\nc: true\n', '.a and .b or .c', 'false\n'],
  [
    'a pipe has lower precedence than an assignment',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '.a = .d | .a',
    'text\n',
  ],
  [
    'a comma has lower precedence than a pipe',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '.a, .d | length',
    '1\n4\n',
  ],
  [
    'del applies to the sum after it',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    'del(.a) + 1',
    'b: {c: [1, 2, 3]}\nd: text\n',
  ],
  ['a comparison is evaluated before max', '[1, 2, 3]', '. | max == 3', ''],
  ['one plus max is not an expression', '[1, 2, 3]', '1 + max', "Error: '+' expects 2 args but there is 1"],
  [
    'first after a pipe takes the left side as argument',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '.b.c | first',
    "Error: '|' expects 2 args but there is 1",
  ],
  ['first with an argument', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '.b.c | first(. > 1)', '2\n'],
  [
    'a unary word can follow its argument',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '.a select',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
  ],
  [
    'c directly after = is a flag',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '.d =contains("x")',
    'Error: 1:6: lexer: invalid input text "ontains(\\"x\\")"',
  ],
  [
    'c with a space before it starts a word',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '.a = (.d | contains("ex"))',
    'a: true\nb: {c: [1, 2, 3]}\nd: text\n',
  ],
  [
    'merge flags cannot precede the equals sign',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '.b *+= {"c": [4]}',
    "Error: '*+' expects 2 args but there is 1",
  ],
  [
    'merge flags follow the equals sign',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '.b *=+ {"c": [4]}',
    'a: 1\nb: {c: [1, 2, 3, 4]}\nd: text\n',
  ],
  [
    'ascii_upcase is read as the word as',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '.d | ascii_upcase',
    'Error: 1:8: lexer: invalid input text "cii_upcase"',
  ],
  [
    'words need no boundary, so nullable is null and able',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    'nullable',
    'Error: 1:5: lexer: invalid input text "able"',
  ],
  [
    'keys of maps need quotes',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '{a: 1}',
    'Error: 1:2: lexer: invalid input text "a: 1}"',
  ],
  ['a number cannot start with a point', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '.5', 'null\n'],
  [
    'literals keep their spelling',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '[TRUE, ~, 0x1F, 1e3, 1.50]',
    '- TRUE\n- ~\n- 0x1F\n- 1e3\n- 1.50\n',
  ],
  [
    'unknown escapes are kept',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '"\\d \\u00e9 \\n|"',
    '\\d \\u00e9 \n|\n',
  ],
  ['a string can span lines', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '"x\ny"', 'x\ny\n'],
  [
    'a comment ends at the end of the line',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '# first\n.a # second\n| . + 1',
    '2\n',
  ],
  ['a comment directly after a path is part of it', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '.a#c', 'null\n'],
  [
    'an expression of only comments keeps the document',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '# nothing',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
  ],
  ['brackets can follow a point', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '.b.["c"].[0]', '1\n'],
  ['the ends of slices are optional', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '.b.c[1:]', '- 2\n- 3\n'],
  ['negative slices count from the end', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '.b.c[-2:-1]', '- 2\n'],
  ['a path can follow select', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', 'select(.a).d', 'text\n'],
  [
    'a path cannot follow root',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '.b.c | root.d',
    'Error: bad expression, please check expression syntax',
  ],
  ['a path can follow parent', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '.b.c | parent.c[0]', '1\n'],
  [
    'two points and a name are not a path',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    '..a',
    'Error: 1:3: lexer: invalid input text "a"',
  ],
  ['an index can be optional', 'a: 1\nb: {c: [1, 2, 3]}\nd: text\n', '.d["x"]?', ''],
  [
    'word variants without underscores',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
    'toEntries | fromEntries | sortkeys(.)',
    'a: 1\nb: {c: [1, 2, 3]}\nd: text\n',
  ],
]

describe('expressions are parsed like in yq 4', () => {
  test.each(CASES)('%s', (_, yaml, expression, printed) => {
    expect(answer(expression, yaml)).toBe(printed)
  })
})
