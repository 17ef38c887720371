import { execFile } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { RULES } from '@overlay-render/check'

import { KUSTOM, trees } from '../test/support/corpus-by-hand.ts'
import { root } from '../test/support/oracles.ts'
import { copyWorkspace } from '../test/support/workspace-copy.ts'
import { compareInTurn, report } from './measure.ts'

const run = promisify(execFile)
const OVERLAY = 'kubevirt-prow-control-plane'

/**
 * Cost of the rules about scripts, sources and manifests: compares a check without build rules with the
 * render that it includes.
 */
export async function benchCheck(rounds: number): Promise<string> {
  const config = join(root, 'test/corpus/config/kubevirt-2026.yaml')
  const copy = await copyWorkspace(trees.kubevirt2026, KUSTOM, config)
  const off = RULES.builds.map(({ name }) => `  - {rule: ${name}, severity: off}\n`).join('')
  appendFileSync(join(copy.folder, 'overlay-render.yaml'), `rules:\n${off}`)
  const command = async (...args: readonly string[]): Promise<void> => {
    const program = join(root, 'packages/cli/bin/overlay-render.js')
    const all = [program, '-C', copy.folder, '--quiet', '--no-cache', ...args]
    // Exit status 1 means findings.
    await run(process.execPath, all, { maxBuffer: 2 ** 28 }).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 1)) throw error
    })
  }
  try {
    const comparison = await compareInTurn(
      `check of ${OVERLAY} without rules about builds, against its render`,
      rounds,
      async () => command('check', OVERLAY),
      async () => command('render', OVERLAY, '--secrets', 'stub'),
    )
    return report(comparison, 1.1)
  } finally {
    await copy.dispose()
  }
}
