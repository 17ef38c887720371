import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { KUSTOM, trees } from '../test/support/corpus-by-hand.ts'
import { root } from '../test/support/oracles.ts'
import { copyWorkspace } from '../test/support/workspace-copy.ts'
import { compareInTurn, report } from './measure.ts'

const run = promisify(execFile)
const OVERLAY = 'kubevirt-prow-control-plane'

/**
 * Cost of the rules about builds and of `explain`: compares a render plus a second build with probes to the
 * render alone. The probes make the second build larger.
 */
export async function benchTrace(rounds: number): Promise<string> {
  const copy = await copyWorkspace(
    trees.kubevirt2026,
    KUSTOM,
    join(root, 'test/corpus/config/kubevirt-2026.yaml'),
  )
  const command = async (...args: readonly string[]): Promise<void> => {
    const program = join(root, 'packages/cli/bin/overlay-render.js')
    await run(process.execPath, [program, '-C', copy.folder, '--quiet', ...args], { maxBuffer: 2 ** 28 })
  }
  try {
    const comparison = await compareInTurn(
      `explain in ${OVERLAY}, which builds it twice, against a render`,
      rounds,
      async () => command('explain', OVERLAY, 'Deployment/deck'),
      async () => command('render', OVERLAY, '--secrets', 'stub', '--no-cache'),
    )
    return report(comparison, 2.5)
  } finally {
    await copy.dispose()
  }
}
