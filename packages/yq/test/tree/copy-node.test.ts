import { expect, test } from 'vitest'

import { printNode } from '../../src/printer/print.ts'
import { readDocuments } from '../../src/reader/read.ts'
import { copyNode } from '../../src/tree/copy-node.ts'
import { Node } from '../../src/tree/node.ts'
import { documentOf, pathOf } from '../../src/tree/path.ts'

const TEXT = '# c\na: &x 1\nb: [*x, {c: 2}]\n'

function readOne(text: string): Node {
  return readDocuments(text)[0] ?? new Node('scalar')
}

test('a copy is printed like the original, and changes independently', () => {
  const root = readOne(TEXT)
  const copy = copyNode(root)
  expect(printNode(copy)).toBe(TEXT)
  for (const node of copy.content) node.value = 'z'
  if (copy.document !== undefined) copy.document.leadingContent = ''
  expect(printNode(root)).toBe(TEXT)
})

test('an alias in a copy has the same target', () => {
  const root = readOne(TEXT)
  const copy = copyNode(root)
  const alias = copy.content[3]?.content[0]
  expect(alias?.alias).toBe(root.content[1])
})

test('nodes of a copy have a path and a document', () => {
  const copy = copyNode(readOne(TEXT))
  const two = copy.content[3]?.content[1]?.content[1]
  expect(two === undefined ? [] : pathOf(two)).toEqual(['b', 1, 'c'])
  expect(two === undefined ? undefined : documentOf(two)).toBe(copy.document)
})

test('a tree of 10,000 levels is copied', () => {
  const text = `${'['.repeat(10_000)}${']'.repeat(10_000)}\n`
  expect(printNode(copyNode(readOne(text)))).toBe(text)
})
