import { describe, expect, test } from 'vitest'

import { compile } from '../../src/compile.ts'
import { printPreserved } from '../../src/preserve/preserve.ts'
import { readDocuments } from '../../src/reader/read.ts'

function edit(text: string, expression: string): string {
  return printPreserved(text, compile(expression).run(readDocuments(text)))
}

const CONFIG = `# head

a:   1   # one
b:
    - x     # first

    - name:  "foo"   # n
      list: [1,2,  3]

c:  {k: v,   l: w}

# about d
d: |
    text
    more

e: 'single'   # last
`

/** CONFIG with one part replaced. */
const changed = (from: string, to: string): string => CONFIG.replace(from, () => to)

describe('changes are made in place', () => {
  test.each([
    ['a number', '.a = 2', changed('a:   1 ', 'a:   2 ')],
    ['a quoted string keeps its quotes', '.b[1].name = "bar"', changed('"foo"', '"bar"')],
    ['an item of a flow list', '.b[1].list[1] = 9', changed('1,2,', '1,9,')],
    ['an item added to a flow list', '.b[1].list += 4', changed('  3]', '  3,  4]')],
    ['an item removed from a flow list', 'del(.b[1].list[0])', changed('1,2', '2')],
    ['a key added to a flow map', '.c.m = 3', changed('l: w}', 'l: w,   m: 3}')],
    ['a key removed from a flow map', 'del(.c.k)', changed('k: v,   l', 'l')],
    ['a key added to a map in a list', '.b[1].new = "x"', changed('  3]\n', '  3]\n      new: x\n')],
    ['an item added to a list', '.b += "y"', changed('  3]\n', '  3]\n    - y\n')],
    ['an item removed from a list', 'del(.b[0])', changed('    - x     # first\n\n', '')],
    ['a key added at the end', '.f = "new"', `${CONFIG}f: new\n`],
    ['a key removed from the middle', 'del(.c)', changed('c:  {k: v,   l: w}\n\n', '')],
    [
      'a key removed from the end, with the blank line before it',
      'del(.e)',
      changed("\ne: 'single'   # last\n", ''),
    ],
    [
      'a key removed with the comment above it',
      'del(.d)',
      changed('# about d\nd: |\n    text\n    more\n\n', ''),
    ],
    ['a renamed key', '(.c | key) = "cc"', changed('c:  {', 'cc:  {')],
    ['a line comment', '.a line_comment = "uno"', changed('# one', '# uno')],
    ['the comment at the top', '. head_comment = "GENERATED"', changed('# head\n\n', '# GENERATED\n')],
    ['a removed comment at the top', '. head_comment = ""', changed('# head\n\n', '')],
    ['a comment at the end', '. foot_comment = "END"', `${CONFIG}# END\n`],
    ['a comment below an entry', '(.a | key) foot_comment = "END"', changed('# one\n', '# one\n# END\n\n')],
    ['a comment that is never printed', '. line_comment = "x"', CONFIG],
    ['with_entries without a change', 'with_entries(.)', CONFIG],
    ['a removed line comment', '.a line_comment = ""', changed('   # one', '')],
    ['a style', '.e style = "double"', changed("'single'", '"single"')],
    ['a block scalar', '.d = "other\\n"', changed('    text\n    more\n', '    other\n')],
    [
      'a scalar that becomes a map',
      '.a = {"x": {"y": 1}}',
      changed('a:   1   # one', 'a: # one\n    x:\n        y: 1'),
    ],
  ])('%s', (_, expression, expected) => {
    expect(edit(CONFIG, expression)).toBe(expected)
  })

  test('a nested map of a JSON file', () => {
    const json = '{\n  "a": 1,\n  "b": {\n    "c": [1, 2],\n    "d": "x"\n  }\n}\n'
    expect(edit(json, '.b.e = "z"')).toBe(json.replace('"x"', '"x",\n    "e": "z"'))
    expect(edit(json, 'del(.a)')).toBe(json.replace('"a": 1,\n  ', ''))
  })

  test('lists at the column of their key, and CR LF', () => {
    const text = 'list:\r\n-   a   # one\r\n-   b\r\n'
    expect(edit(text, '.list += "c" | .other[0].x = 1')).toBe(`${text}- c\r\nother:\r\n- x: 1\r\n`)
  })

  test('the first key of a map after a dash', () => {
    expect(edit('-   a: 1\n    b:  2\n', 'del(.[0].a)')).toBe('-   b:  2\n')
  })

  test('keys that only change their order', () => {
    const text = 'b:   1   # one\n\n# about a\na:  2\n'
    expect(edit(text, 'sort_keys(.)')).toBe('# about a\na:  2\n\nb:   1   # one\n')
  })

  test('one document of several', () => {
    const text = 'a:   1\n---\nb:   2   # two\n'
    expect(edit(text, 'select(di == 1).b = 3')).toBe(text.replace('2 ', '3 '))
  })

  test('a replaced document does not change the others', () => {
    const text = 'a:   1\n---\nb:   2\n---\n\nc:   3\n'
    expect(edit(text, '(select(di == 1)) = ["x", {"y": 1}]')).toBe(text.replace('b:   2', '- x\n- y: 1'))
  })

  test('lines before a document', () => {
    const text = '\n# head\n---\na:   1\n'
    expect(edit(text, '.a = 2')).toBe(text.replace('1', '2'))
  })
})

test.each([
  ['a byte order mark', '\uFEFFa:   1\n'],
  ['CR LF', '# c\r\na:   1\r\n\r\nb:\t2\r\n'],
  ['tabs and trailing blanks', 'a:\t1  \nb:   [ 1,\t2 ]  \n'],
  ['several documents', '---\n---\na:  1\n...\n---\n# c\n\n--- x\n'],
  ['a separator with text after it', '--- {a:   1}\n'],
  ['no final line break', 'a:   1'],
  ['only comments', '# a\n\n#b'],
  ['nothing', ''],
])('an expression without changes preserves %s', (_, text) => {
  expect(edit(text, '.')).toBe(text)
})

test('results that are not the documents are printed like in yq', () => {
  expect(edit(CONFIG, '.b[1]')).toBe('name: "foo" # n\nlist: [1, 2, 3]\n')
})
