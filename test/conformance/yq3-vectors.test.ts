import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { cwd } from 'node:process'

import { applyV3Script, YqFault } from '@overlay-render/yq'
import { describe, expect, test } from 'vitest'

const file = resolve(cwd(), '../shared/yq3-vectors/vectors.ndjson')

/** A recorded run of the real yq 3.4.1: its output, or the first line of its error. */
interface Vector {
  readonly family: string
  readonly script: string
  readonly input: string
  readonly output?: string
  readonly error?: string
}

describe.skipIf(!existsSync(file))(
  'recorded answers of yq 3.4.1 (skipped where ../shared/yq3-vectors is not there)',
  () => {
    test('agree, and what yq refuses is refused with a position', () => {
      const vectors = readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line): Vector => JSON.parse(line))
      expect(vectors.length).toBeGreaterThan(1_000)
      for (const { script, input, output } of vectors) {
        expect({ script, input, answer: answer(script, input) }).toEqual({
          script,
          input,
          answer: output ?? 'refused with a position',
        })
      }
    })
  },
)

function answer(script: string, input: string): string {
  try {
    return applyV3Script(script, input).text
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    return error.position === undefined ? 'refused without a position' : 'refused with a position'
  }
}
