import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { readDocuments } from '../../src/reader/read.ts'
import { readPlainBlocks, readPlainValue } from '../../src/reader/plain-blocks/read-plain-blocks.ts'
import { type Node, Style } from '../../src/tree/node.ts'
import { toValue } from '../../src/tree/plain-value.ts'
import { resolveTag } from '../../src/tree/resolve-tag.ts'
import { scalarValue } from '../../src/tree/scalar-value.ts'

// The reader of plain blocks returns the same nodes and values as the full reader, or none.

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    note: one line that
      goes on

      after a blank one
    'quoted': 'it''s: # text'
    "double": "a \\"b\\" and
      more\\n"
    empty: ""
  labels: {}
  name: deck
  __proto__: x
  anchored: &deck
    app: deck
  alias: *deck
  <<: *deck
  inline: &short {app: deck, 'a b': "c"} 
# a comment
spec:
    # of two lines
  replicas: 2
  paused: false
  ratio: 0.5
  huge: 12345678901234567890
  octal: 0123
  day: 2026-11-28
  none: null
  nothing:
  tilde: ~
  word: yes
  template:
    spec:
      containers:
      - name: deck
        image: registry:5000/deck:v1
        args:
        - --a=b
        - "quoted"
        -
        - key: value
          other: |
            text
              deeper

            - no item
        - 'a b'
        ports: []
      volumes:
        - name: further right
          configMap:
            name: config
  script: |-
    #!/bin/sh
    echo "x: y"
  last: |
    end
`

const FORMS = [
  DEPLOYMENT,
  'a: 1\n',
  '- a\n- - b\n  - c\n-\n- d: e\n  f:\n  - g\n',
  '---\na:\n- 1\n- 2\nb:\n  c: x\n',
  'a: &x\n- b: 1\n  c:\n  - 2\n- *x\n',
  'data:\n  x: |  \n    one\n\n    two\n\n\n  y: "z"\n',
  'a: [b, "c", 1]\nd: {}\ne: [ ]\nf: {g: true, h: null}\n',
  'a: >-\n  one\n  two\n\n    three\n  four\n\nb: >\n  five\n',
  'a: 1 # one\n# two\n# three\nb: # to a value below\n  c: "x"  # four \n\n  # five\n\n  # six\n  d: [e] # seven\n',
  'a: "one\n  \\ two \\  three\\n\n  \\\\ four\\\\\n  \\"five\\t\n  "\n',
  'a:\n- b # of an item\n# above a list\n- c: 1\n  # above a key\n  d: 2\n  # further right than what follows\n- e\n',
  'a:\n  - &x\n    b: 1\n    # foot\n  # head\n  - *x # alias\n\n# last\n\nc: 2\n',
]

const ANCHORED = [
  'a: &x\n  b: &y [c, d]\n  f: *y\ng: &x 1\nh: *x\ni:\n- *y\n- &z __proto__\n- *z\n',
  'a: &x\n  __proto__: &x {__proto__: b}\n  c: *x\nd: *x\n',
]

const PIECES = [
  ' ',
  '  ',
  '\n',
  '- ',
  ': ',
  ':',
  '"',
  "'",
  '|',
  '|-',
  '#',
  ' #',
  '{}',
  '[',
  '&a ',
  '\\',
  '\\ ',
  'x',
  '0',
  '\t',
  '# c\n',
  '\n  # d\n',
  ' # e',
  '>-',
  '---\n',
  '\n\n',
]

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 4 }),
  piece: fc.constantFrom('', ...PIECES),
})

/** Every field of a node that a reader sets. */
function describeNode(node: Node, parent?: Node): unknown {
  const { content, alias, key } = node
  const { kind, style, tag, value, anchor, line, column, start, end, isMapKey } = node
  const own = { kind, style, tag, value, anchor, line, column, start, end, isMapKey }
  return {
    ...own,
    target: alias?.start,
    hasParent: node.parent === parent,
    key: key === undefined ? undefined : [key.value, key.tag, key.isMapKey],
    content: content.map((child) => describeNode(child, node)),
  }
}

function commentsOf(node: Node): string {
  const { headComment, lineComment, footComment } = node
  return JSON.stringify([headComment, lineComment, footComment, node.content.map(commentsOf)])
}

/** The documents, or the error message. Only the full reader records indicators, so it is used here. */
function readFully(text: string): readonly Node[] | string {
  try {
    return readDocuments(text, { headerPreprocess: false, indicators: new Map() })
  } catch (error) {
    return String(error)
  }
}

/** A text with some of its characters replaced. */
const mutatedText = fc
  .tuple(fc.constantFrom(...FORMS, ...ANCHORED), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([form, changes]) =>
    changes.reduce((text, { at, cut, piece }) => {
      const start = Math.floor(at * text.length)
      return text.slice(0, start) + piece + text.slice(start + cut)
    }, form),
  )

const RUNS = { seed: 20261128, numRuns: Number(process.env['PLAIN_BLOCKS_RUNS'] ?? 4000) }

describe.each([
  ['without comments', true],
  ['with comments', false],
])('nodes %s', (_, skipsComments) => {
  const described = (node: Node): unknown => [describeNode(node), skipsComments || commentsOf(node)]

  test.each(FORMS)('equal those of the full reader, if any: %j', (text) => {
    const node = readPlainBlocks(text, skipsComments)
    const [full] = readFully(text)
    expect(node === undefined || described(node)).toEqual(
      node === undefined || (typeof full === 'object' && described(full)),
    )
    // Without comments, the reader must support all of these forms.
    expect(node !== undefined || !skipsComments).toBe(true)
  })

  test('equal those of the full reader, if any, for mutated texts', () => {
    let read = 0
    fc.assert(
      fc.property(mutatedText, (text) => {
        const node = readPlainBlocks(text, skipsComments)
        if (node === undefined) return
        read++
        const full = readFully(text)
        expect([described(node)]).toEqual(typeof full === 'string' ? full : full.map(described))
      }),
      RUNS,
    )
    expect(read).toBeGreaterThan(150)
  })
})

const readValue = (text: string): unknown =>
  readPlainValue(text, (value, style) =>
    scalarValue({ tag: style === Style.plain ? resolveTag(value) : '!!str', value }),
  )

/** Keys in their order, too, and the difference between 0 and -0. */
const inOrder = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : value
  return Array.isArray(value)
    ? value.map(inOrder)
    : Object.entries(value).map(([key, child]) => [key, inOrder(child)])
}

describe('plain values', () => {
  test.each([...FORMS.filter((form) => !/<<|^a: &/u.test(form)), ...ANCHORED])(
    'equal those of the nodes: %j',
    (text) => {
      const [full] = readFully(text)
      expect(inOrder(readValue(text))).toEqual(typeof full === 'object' && inOrder(toValue(full)))
    },
  )

  test('equal those of the nodes, if any, for mutated texts', () => {
    let read = 0
    fc.assert(
      fc.property(mutatedText, (text) => {
        const value = readValue(text)
        if (value === undefined) return
        read++
        const full = readFully(text)
        expect([inOrder(value)]).toEqual(
          typeof full === 'string' ? full : full.map((node) => inOrder(toValue(node))),
        )
      }),
      RUNS,
    )
    expect(read).toBeGreaterThan(150)
  })

  test.each([
    ['a duplicate key', 'a: 1\nb: 2\na: 3\n'],
    ['a duplicate key in a flow mapping', 'a: {b: 1, "b": 2}\n'],
    ['a merge key', 'a: {b: 1}\n<<: {c: 2}\n'],
    ['an alias inside of its target', 'a: &x\n- b: *x\n'],
    ['a value of several lines with an anchor', 'a: &x b\n  c\nd: *x\n'],
  ])('%s needs the nodes', (_, text) => {
    expect(readValue(text)).toBeUndefined()
    expect(readFully(text)).toBeInstanceOf(Array)
  })

  test('an alias is a copy', () => {
    const value = readPlainValue('a: &x {b: c}\nd: *x\n', (text) => text)
    expect(value).toEqual({ a: { b: 'c' }, d: { b: 'c' } })
    expect(Array.isArray(value) || value?.['a'] === value?.['d']).toBe(false)
  })

  test('aliases that expand to too many values need the nodes, which have a limit', () => {
    const lines = Array.from(
      { length: 40 },
      (_, level) => `l${level}: &l${level}\n- *l${level - 1}\n- *l${level - 1}\n`,
    )
    expect(readValue(`l-1: &l-1 x\n${lines.join('')}`)).toBeUndefined()
  })

  test('names of Object.prototype are keys like others', () => {
    const text = '__proto__:\n  constructor: 1\n"<<": 2\ntoString: {__proto__: x}\n'
    expect(inOrder(readValue(text))).toEqual([
      ['__proto__', [['constructor', 1]]],
      ['<<', 2],
      ['toString', [['__proto__', 'x']]],
    ])
  })
})

test.each([
  ['a tag', 'a: !!str 1\n'],
  ['a folded scalar with keep chomping', 'a: >+\n  b\n'],
  ['a literal scalar with keep chomping', 'a: |+\n  b\n\n'],
  ['a tab', 'a:\tb\n'],
  ['a rare escape', 'a: "\\x41"\n'],
  ['an escaped space at the end of a line', 'a: "b\\ \n  c"\n'],
  ['an escape that go-yaml rejects', 'a: "\\/"\n'],
  ['two documents', 'a: 1\n---\nb: 1\n'],
  ['no line break at the end', 'a: 1'],
  ['a nested flow collection', 'a: [[b]]\n'],
  ['a scalar alone', 'a\n'],
  ['nothing', '\n'],
])('%s needs the full reader', (_, text) => {
  expect(readPlainBlocks(text, true)).toBeUndefined()
})

test.each([
  ['above the first node', '# one\na: 1\n'],
  ['of a key', 'a: # one\n  b: 1\n'],
  ['that may be a foot comment', 'a: 1\n# one\n\nb: 2\n'],
  ['after a block scalar', 'a: |\n  b\n# one\nc: 1\n'],
  ['at the end', 'a: 1\n# one\n'],
])('a comment %s needs the full reader, unless comments are dropped', (_, text) => {
  expect(readPlainBlocks(text, false)).toBeUndefined()
  expect(readPlainBlocks(text, true)).toBeDefined()
})

test.each([
  ['after a value', 'a: 1 # one\nb: [c] # two\nd: "e" # three\n'],
  ['above a key', 'a: 1\n# one\n# two\nb: 2\n\n# three\n\n# four\n\nc: 3\n'],
  ['above an item', 'a:\n  # one\n  - b\n  # two\n  - c: 1\n'],
  ['below an item, before a dedented line', 'a:\n  - b\n  # one\nc: 1\n'],
])('a comment %s is assigned to the node', (_, text) => {
  const node = readPlainBlocks(text, false)
  const [full] = readFully(text)
  expect(node && commentsOf(node)).toContain('# one')
  expect(node && describeNode(node)).toEqual(typeof full === 'object' && describeNode(full))
  expect(node && commentsOf(node)).toBe(typeof full === 'object' && commentsOf(full))
})
