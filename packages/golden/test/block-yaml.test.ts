import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseYaml } from '../src/resources/parse-yaml.ts'
import { readBlockYaml } from '../src/resources/read-block-yaml.ts'
import { equalValues } from '../src/resources/value.ts'

// The quick reader returns the same value as the full one, or nothing.

/** The value of the full reader: the quick one does not support document markers. */
function readFully(text: string): ReturnType<typeof parseYaml> {
  return parseYaml(`---\n${text}`)
}

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
  'a:\n- 1\n- 2\nb:\n  c: x\n',
  'a:\n- b: 1\n  c:\n  - 2\n- b: 3\n',
  'a: "one\\n\\\\\n  \\ two\\\"\n\n  three \\n\n  \\  four"\n',
  'data:\n  x: |\n    one\n\n    two\n\n\n  y: "z"\n',
]

test('the quick reader reads the output of kustomize, with the same values', () => {
  for (const text of FORMS) {
    const full = readFully(text)
    const quick = readBlockYaml(text)
    expect(quick).toBeDefined()
    expect(full.ok && equalValues(quick, full.documents[0])).toBe(true)
  }
})

test.each([
  ['a comment after a value', 'a: 1 # one\n'],
  ['an anchor', 'a: &x 1\nb: *x\n'],
  ['a merge key', 'a: {b: 1}\n<<: {c: 1}\n'],
  ['a flow map', 'a: {b: 1}\n'],
  ['a tag', 'a: !!str 1\n'],
  ['a folded scalar', 'a: >\n  b\n'],
  ['a literal that keeps trailing newlines', 'a: |+\n  b\n\n'],
  ['a duplicate key', 'a: 1\na: 2\n'],
  ['a tab', 'a:\tb\n'],
  ['a list of lists', 'a:\n- - 1\n'],
  ['an escape', 'a: "\\x41"\n'],
  ['two documents', 'a: 1\n---\nb: 1\n'],
  ['no line break at the end', 'a: 1'],
  ['a list', '- a\n'],
  ['nothing', '\n'],
])('%s is left to the full reader', (_, text) => {
  expect(readBlockYaml(text)).toBeUndefined()
})

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
  '---\n',
  '\n\n',
]

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 4 }),
  piece: fc.constantFrom('', ...PIECES),
})

test('for any mutated text, the quick reader agrees with the full one or returns nothing', () => {
  let read = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...FORMS),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (form, changes) => {
        let text = form
        for (const { at, cut, piece } of changes) {
          const start = Math.floor(at * text.length)
          text = text.slice(0, start) + piece + text.slice(start + cut)
        }
        const quick = readBlockYaml(text)
        if (quick === undefined) return
        read++
        const full = readFully(text)
        expect(full.ok && full.documents.length === 1 && equalValues(quick, full.documents[0])).toBe(true)
      },
    ),
    { seed: 20261128, numRuns: Number(process.env['BLOCK_YAML_RUNS'] ?? 4000) },
  )
  expect(read).toBeGreaterThan(300)
})
