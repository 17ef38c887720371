import { expect, test } from 'vitest'

import { printNode, printResults, ResultPrinter } from '../../src/printer/print.ts'
import { readDocuments } from '../../src/reader/read.ts'
import { Node, Style } from '../../src/tree/node.ts'

function read(text: string, fileIndex = 0): Node[] {
  return readDocuments(text, { fileIndex })
}

function scalar(value: string, tag: string, style: number = Style.plain): Node {
  const node = new Node('scalar', tag, value)
  node.style = style
  return node
}

function listOf(...items: Node[]): Node {
  const list = new Node('sequence', '!!seq')
  list.content.push(...items)
  return list
}

test('a separator is printed between documents of one file', () => {
  expect(printResults(read('a: 1\n---\nb: 2\n'))).toBe('a: 1\n---\nb: 2\n')
})

test('a document with its own separator gets no second one', () => {
  expect(printResults([...read('a: 1\n'), ...read('---\nb: 2\n', 1)])).toBe('a: 1\n---\nb: 2\n')
})

test('a separator is printed before each result of a second file, even within one document', () => {
  const [second] = read('b: {c: 1}\nd: {e: 2}\n', 1)
  const parts = second?.content.filter(({ kind }) => kind === 'mapping') ?? []
  expect(printResults([...read('a: 1\n'), ...parts])).toBe('a: 1\n---\n{c: 1}\n---\n{e: 2}\n')
})

test('separators can be turned off, also those in leading content', () => {
  const results = [...read('---\n# c\na: 1\n---\nb: 2\n')]
  expect(printResults(results, { printDocSeparators: false })).toBe('# c\na: 1\nb: 2\n')
})

test('a printer remembers the document that it printed last', () => {
  const printer = new ResultPrinter()
  const [first, second] = read('a: 1\n---\nb: 2\n')
  expect(printer.print(first === undefined ? [] : [first])).toBe('a: 1\n')
  expect(printer.print(second === undefined ? [] : [second])).toBe('---\nb: 2\n')
})

test('a scalar is printed as its text, or as YAML without unwrapScalar', () => {
  const [root] = read('"1" # c\n')
  const node = root ?? new Node('scalar')
  expect(printNode(node)).toBe('1\n')
  expect(printNode(node, { unwrapScalar: false })).toBe('"1" # c\n')
})

// The output of each row is that of yq 4.53.6 with `-I2`, for an expression that creates the node.
test.each([
  ['a string that looks like a number', scalar('1', '!!str'), '- "1"\n'],
  ['an empty string', scalar('', '!!str'), '- ""\n'],
  ['a merge key that is a string', scalar('<<', '!!str'), '- "<<"\n'],
  ['an invalid integer', scalar('x', '!!int'), '- x\n'],
  ['an invalid boolean', scalar('x', '!!bool'), '- !!bool x\n'],
  ['a custom tag', scalar('x', '!t'), '- !t x\n'],
  ['an invalid octal number', scalar('08', '!!str'), '- "08"\n'],
  ['a boolean of YAML 1.1', scalar('yes', '!!str'), '- yes\n'],
  ['a colon and a blank', scalar('a: b', '!!str'), "- 'a: b'\n"],
  ['a number in single quotes', scalar('3', '!!int', Style.single), "- '3'\n"],
  ['a number as a literal', scalar('3', '!!int', Style.literal), '- |-\n  3\n'],
  ['text of two lines', scalar('a\nb\n', '!!str'), '- |\n  a\n  b\n'],
  ['text with a tab and a break', scalar('a\tb\n', '!!str', Style.double), '- "a\\tb\\n"\n'],
  ['text that starts with a blank', scalar('  a\n', '!!str', Style.literal), '- |2\n    a\n'],
  ['a line that ends in a blank', scalar('a \nb', '!!str'), '- "a \\nb"\n'],
])('%s', (_, node, printed) => {
  expect(printNode(listOf(node))).toBe(printed)
})

test("an invalid anchor is an error with yq's message", () => {
  const node = scalar('x', '!!str')
  node.anchor = 'a b'
  expect(() => printNode(listOf(node))).toThrow('anchor value must contain valid characters only')
})
