import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { plainValue } from '../src/graph/plain-value.ts'
import type { Value } from '../src/graph/value.ts'
import { parseDocuments } from '../src/graph/yaml-value.ts'

// The fast reader of kustomizations gives the values and offsets of the YAML library.

const KUSTOMIZATION = `# a comment
kind: Kustomization
resources:
- a.yaml # another
- ../base
patches:
- path: p.yaml
  target: {kind: Deployment, name: "deck"}
- patch: |-
    - op: add
      path: /a
      value: yes
commonLabels:
  on: 012
  n: 'y'
namePrefix: ""
replicas:
  - name: deck
    count: 2
images: []
images: null
patchesJson6902:
- target: &hook
    kind: Deployment
    name: hook
- target:
    name: tide
    <<: *hook
- target:
    <<: *hook
    name: deck
configMapGenerator:
- &base
  name: config
  <<: *hook
- <<:
  - *base
  - *hook
  name: other
- *base
`

/** A value as data. The offset of an empty value does not matter. */
function dump(value: Value): unknown {
  const { kind, at } = value
  if (kind === 'map')
    return [kind, at, value.entries().map(({ value: inner, ...entry }) => [entry, dump(inner)])]
  if (kind === 'list') return [kind, at, value.items().map(dump)]
  return value.text === '' && kind === 'null' ? kind : [kind, at, value.text]
}

test('a typical kustomization is read without the YAML library', () => {
  const [full] = [...parseDocuments(KUSTOMIZATION)]
  const value = plainValue(KUSTOMIZATION)
  expect(value && dump(value)).toEqual(full && dump(full.value))
})

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 3 }),
  piece: fc.constantFrom(
    '',
    ' ',
    '  ',
    '\n',
    '- ',
    ': ',
    '"',
    "'",
    '# c\n',
    '>-',
    '[',
    '{}',
    'k: 1\n',
    '~',
    '&hook ',
    '*hook',
    '<<: *base\n',
    '1_0',
    'é',
  ),
})

test('mutated texts have the values of the YAML library, or are left to it', () => {
  let read = 0
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      let text = KUSTOMIZATION
      for (const { at, cut, piece } of changes) {
        const start = Math.floor(at * text.length)
        text = text.slice(0, start) + piece + text.slice(start + cut)
      }
      const value = plainValue(text)
      if (value === undefined) return
      read++
      const documents = [...parseDocuments(text)]
      expect([dump(value), undefined]).toEqual([
        documents[0] && dump(documents[0].value),
        documents[0]?.fault,
      ])
      expect(documents).toHaveLength(1)
    }),
    { seed: 20261128, numRuns: 5000 },
  )
  expect(read).toBeGreaterThan(200)
})

test.each([
  ['an anchor of a text', 'a: &x 1\n'],
  ['an anchor of a list', 'a: &x\n- 1\n'],
  ['an alias in its own target', 'a: &x\n  b: *x\n'],
  ['an alias without an anchor', 'a: *x\n'],
  ['a syntax error', 'a: [\n'],
])('%s is left to the YAML library', (_, text) => {
  expect(plainValue(text)).toBeUndefined()
})
