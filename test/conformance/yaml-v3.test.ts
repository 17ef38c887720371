import { join } from 'node:path'
import { cwd } from 'node:process'

import { describe, expect, test } from 'vitest'

import { randomDocument } from '../differential/documents.ts'
import { seededDraw } from '../differential/draw.ts'
import { findOracle, type Verdict } from './oracle.ts'
import { readLines } from './vectors.ts'
import { readAndPrint, runLibrary } from './yaml-v3.ts'

const program = findOracle('yaml-v3')

function seen({ output, error }: Verdict): Verdict {
  return error === undefined ? { output } : { output: '', error: 'an error' }
}

describe('the go-yaml of yq 3', () => {
  test('gives the same for every recorded document', () => {
    const vectors = readLines<Verdict & { readonly document: string }>(
      join(cwd(), 'test/vectors/yaml-v3.ndjson.gz'),
    )
    expect(vectors.length).toBeGreaterThan(2_000)
    for (const vector of vectors) {
      expect({ document: vector.document, ...seen(readAndPrint(vector.document)) }).toEqual({
        document: vector.document,
        ...seen(vector),
      })
    }
  })

  test.skipIf(program === undefined)(
    'gives the same for random documents (skipped without the oracle: run pnpm oracles)',
    async () => {
      const documents = Array.from({ length: 1_000 }, (_, index) =>
        randomDocument(seededDraw(77_000 + index)),
      )
      const real = await runLibrary(
        program ?? '',
        documents.map((document) => ({ document })),
      )
      for (const [index, document] of documents.entries()) {
        expect({ document, ...seen(readAndPrint(document)) }).toEqual({
          document,
          ...seen(real[index] ?? { output: '' }),
        })
      }
    },
  )
})
