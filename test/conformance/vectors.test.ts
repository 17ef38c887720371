import { describe, expect, test } from 'vitest'

import type { Verdict } from './oracle.ts'
import { isForLibrary, runOurCommand, runOurs } from './run-ours.ts'
import { readVectors, type Vector, vectorFamilies } from './vectors.ts'

/** Keeps the output and whether there was an error. Error messages can differ. */
function seen({ output, error }: Verdict): Verdict {
  return error === undefined ? { output } : { output, error: 'an error' }
}

function isSame(vector: Vector, ours: Verdict): boolean {
  return ours.output === vector.output && (ours.error === undefined) === (vector.error === undefined)
}

describe.each(vectorFamilies())('recorded %s of the real yq 4', (family) => {
  const vectors = readVectors(family)

  test('give the same output and the same exit status', () => {
    for (const vector of vectors.filter((item) => isForLibrary(item))) {
      const ours = runOurs(vector)
      // A direct comparison is fast for thousands of cases; `expect` only reports the difference.
      if (isSame(vector, ours)) continue
      const { document, expression, flags } = vector
      expect({ document, expression, flags, ...seen(ours) }).toEqual({
        document,
        expression,
        flags,
        ...seen(vector),
      })
    }
    expect(vectors.length).toBeGreaterThan(0)
  })

  test('give the same through the command, for flags of formats and exit statuses', async () => {
    for (const vector of vectors.filter((item) => !isForLibrary(item))) {
      const ours = await runOurCommand(vector)
      const { document, expression, flags } = vector
      expect({ document, expression, flags, ...seen(ours) }).toEqual({
        document,
        expression,
        flags,
        ...seen(vector),
      })
    }
    expect(vectors.length).toBeGreaterThan(0)
  })
})
