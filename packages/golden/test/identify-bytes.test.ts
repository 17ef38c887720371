import { assert, constant, constantFrom, oneof, property, shuffledSubarray, tuple } from 'fast-check'
import { expect, test } from 'vitest'

import { GoldenFault, parseManifests } from '../src/index.ts'
import { memberAt } from '../src/resources/value.ts'

const long = (length: number): string => 'x'.repeat(length)

/** Fields with an identity, short and longer than what is decoded at first, with everything that could be mistaken for it. */
const KINDS = ['kind: Deployment\n', 'kind: "Deployment"\n', 'kind: Deployment # yes\n']
const METADATA = [
  'metadata:\n  name: a\n  namespace: b\n',
  'metadata:\n  labels:\n    name: other\n  name: a\n',
  `metadata:\n  annotations:\n    note: ${long(700)}\n  name: a\n  namespace: b\n`,
  `metadata:\n  annotations:\n    note: ${long(3000)}\n  name: a\n`,
  'metadata:\n  annotations:\n    note: |\n      name: other\n  name: a\n',
  `metadata:\n  name: a\n  labels:\n    note: ${long(600)}\n  namespace: b\n`,
  'metadata: {name: a}\n',
]
const OTHERS = [
  `data:\n  config: |\n    ${long(600)}\n    kind: Secret\n    metadata:\n      name: other\n`,
  `data:\n  config: ${long(2500)}\n`,
  `# ${long(500)}\n`,
  '\n# kind: Other\n',
  'spec:\n  metadata:\n    name: other\n  kind: Other\n',
  'kind: Other\n',
]

/** What is read of each object, or the message that refuses the manifests. */
function readAll(input: string | Buffer): unknown {
  return orMessage(() =>
    parseManifests(input, { file: 'a.yaml' }).resources.map(({ id, text, position }) => ({
      id,
      text,
      position,
    })),
  )
}

function orMessage(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (error instanceof GoldenFault) return [error.message, error.position]
    throw error
  }
}

/** Compares each identity with the parsed object; a field with two values makes it invalid. */
function expectTrueIds(input: Buffer): void {
  orMessage(() => {
    for (const { id, value } of parseManifests(input, { file: 'a.yaml' }).resources) {
      expect([id.apiVersion, id.kind, id.namespace, id.name]).toEqual([
        value['apiVersion'] ?? '',
        value['kind'],
        memberAt(value, 'metadata', 'namespace') ?? '',
        memberAt(value, 'metadata', 'name'),
      ])
    }
  })
}

test('objects in bytes, which are not decoded as a whole, are identified like those in a text', () => {
  const fields = tuple(
    constantFrom('apiVersion: v1\n', ''),
    constantFrom(...KINDS),
    constantFrom(...METADATA),
  )
  const document = tuple(fields, shuffledSubarray(OTHERS, { maxLength: 2 })).chain(([id, others]) => {
    const all = [...id, ...others]
    return oneof(constant(all), shuffledSubarray(all, { minLength: all.length }))
  })
  const lineEnd = constantFrom('\n', '\n', '\r\n')
  assert(
    property(tuple(document, document), lineEnd, (documents, end) => {
      const text = documents
        .map((fields) => fields.join(''))
        .join('---\n')
        .replaceAll('\n', end)
      expect(readAll(Buffer.from(text))).toEqual(readAll(text))
      expectTrueIds(Buffer.from(text))
    }),
    { seed: 14, numRuns: 3000 },
  )
})

test('an object is identified by its first fields when its file continues with another object', () => {
  const first = `apiVersion: v1\ndata:\n  a: ${long(3000)}\nkind: ConfigMap\nmetadata:\n  name: first\n`
  const second = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: second\n'
  const { resources } = parseManifests(Buffer.from(`${first}---\n${second}`), { file: 'a.yaml' })
  expect(resources.map(({ id }) => `${id.kind} ${id.name}`)).toEqual(['ConfigMap first', 'Pod second'])
})
