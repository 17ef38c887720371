import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { openWorkspace } from '@overlay-render/render'
import { describe, expect, test } from 'vitest'

import { kubevirt2026ByHand, KUSTOM, metal3ByHand, trees } from '../support/corpus-by-hand.ts'
import { differences } from '../support/differences.ts'
import { skipReason } from '../support/needs.ts'
import { prepareByHand } from '../support/prepare-by-hand.ts'

/** Overlays that need no configuration file. kubevirt-2026 stores the symlinks of the base configs as text. */
const IN_PLACE = [
  ['prow-arm64-workloads', join(trees.kubevirt2026, KUSTOM), kubevirt2026ByHand['prow-arm64-workloads']],
  ['metal3', join(trees.metal3, 'prow/manifests'), metal3ByHand.metal3],
] as const

const skipped = skipReason('corpus', 'yq', 'kustomize')
describe.skipIf(skipped !== '')(`a tree without a configuration file${skipped}`, () => {
  test.each(IN_PLACE)(
    '%s renders to the bytes of the manual steps, and nothing is written to its folder',
    async (overlay, folder, work) => {
      const before = digest(folder)
      const workspace = await openWorkspace(folder)
      const rendered = await workspace.render(overlay, { secrets: 'stub' })
      expect(differences(rendered, await prepareByHand(work))).toEqual([])
      expect(digest(folder)).toBe(before)
    },
  )
})

/** A digest of all files below a folder. */
function digest(folder: string): string {
  const hash = createHash('sha256')
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}
