import { array, assert, constantFrom, property, record, nat } from 'fast-check'
import { expect, test } from 'vitest'

import { GoldenFault, type Manifests, parseManifests } from '../src/index.ts'
import { document } from './support/manifests.ts'

/** Whole documents and parts of documents, with everything that can end one or make a file invalid. */
const PIECES = [
  document('Pod', 'a'),
  document('Pod', 'b', 'x'),
  document('ConfigMap', 'c', '', 'v1', 'data:\n  text: |\n    ---\n    kind: Pod\n'),
  '{apiVersion: v1, kind: Pod, metadata: {name: d}}\n',
  '---\n',
  '---\n---\n',
  '---\r\n',
  '--- # note\n',
  '---',
  '# comment\n',
  '\n',
  'null\n',
  'kind: Pod\n',
  '<<<<<<< HEAD\n',
  'é: \0',
]

const pieces = array(constantFrom(...PIECES), { maxLength: 12 })
const edits = array(record({ at: nat(12), piece: constantFrom('', ...PIECES) }), { maxLength: 3 })

/** What a reader of the manifests can see, or the message that refuses them. */
function seen(read: () => Manifests): unknown {
  try {
    return read().resources.map(({ id, text, position, value }) => ({ id, text, position, value }))
  } catch (error) {
    if (error instanceof GoldenFault) return [error.message, error.position]
    throw error
  }
}

test('manifests that are like others are read as if they were alone', () => {
  assert(
    property(pieces, edits, (before, changes) => {
      const after = [...before]
      for (const { at, piece } of changes) after.splice(at, at % 2, piece)
      const like = knownOf(before.join(''))
      const bytes = Buffer.from(after.join(''))
      const alone = seen(() => parseManifests(bytes, { file: 'after' }))
      expect(seen(() => parseManifests(bytes, { file: 'after', like }))).toEqual(alone)
    }),
    { seed: 9, numRuns: 3000 },
  )
})

function knownOf(text: string): Manifests {
  try {
    return parseManifests(Buffer.from(text), { file: 'before' })
  } catch (error) {
    if (error instanceof GoldenFault) return parseManifests(new Uint8Array(), { file: 'before' })
    throw error
  }
}
