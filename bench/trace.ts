import { join } from 'node:path'

import { openWorkspace } from '@overlay-render/render'

import { KUSTOM, trees } from '../test/support/corpus-by-hand.ts'
import { root } from '../test/support/oracles.ts'
import { copyWorkspace } from '../test/support/workspace-copy.ts'
import { compareInTurn, report } from './measure.ts'

const OVERLAY = 'kubevirt-prow-control-plane'

/** What rules about builds and `explain` cost: a render and the build with probes, against the render alone. At most two builds. */
export async function benchTrace(rounds: number): Promise<string> {
  const copy = await copyWorkspace(
    trees.kubevirt2026,
    KUSTOM,
    join(root, 'test/corpus/config/kubevirt-2026.yaml'),
  )
  try {
    const workspace = await openWorkspace(copy.folder)
    const comparison = await compareInTurn(
      `render ${OVERLAY} and build it once more with probes, against the render`,
      rounds,
      async () => void (await workspace.traced(OVERLAY)),
      async () => void (await workspace.render(OVERLAY, { secrets: 'stub' })),
    )
    return report(comparison, 2)
  } finally {
    await copy.dispose()
  }
}
