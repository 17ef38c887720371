import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { makeTemporaryFolder } from '@overlay-render/system'
import { describe, expect, test } from 'vitest'

import { skipReason } from '../support/needs.ts'
import { proveExplain } from './prove-explain.ts'
import { SOURCES } from './sources.ts'

const skipped = skipReason('kustomize')
describe.skipIf(skipped !== '')(`explain names the position that sets any value of${skipped}`, () => {
  test.each(Object.entries(SOURCES))(
    '%s',
    async (_name, files) => {
      const folder = await makeTemporaryFolder('explain')
      try {
        for (const [name, text] of Object.entries(files)) {
          await mkdir(dirname(join(folder.path, name)), { recursive: true })
          await writeFile(join(folder.path, name), text)
        }
        const proof = await proveExplain(folder.path, 'x', { count: Number.POSITIVE_INFINITY, seed: 1 })
        expect(proof.counterexamples).toEqual([])
        expect(proof.changed).toBeGreaterThan(0)
      } finally {
        await folder.dispose()
      }
    },
    300_000,
  )
})
