import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { realYq, root } from '../test/support/oracles.ts'
import { compareInTurn, report } from './measure.ts'

const run = promisify(execFile)

/**
 * Compares `overlay-render yq . FILE` on a config of 30 KB, and `--version`, with an empty Node script, as
 * whole processes.
 */
export async function benchYqCommand(rounds: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'overlay-render-bench-'))
  try {
    const file = join(folder, 'config.yaml')
    await writeFile(file, makeConfig(30_000))
    const command = join(root, 'packages/cli/bin/overlay-render.js')
    const ours = async (...args: string[]): Promise<void> =>
      void (await run(process.execPath, [command, ...args]))
    const node = async (): Promise<void> => void (await run(process.execPath, ['-e', '0']))
    const lines = [
      report(
        await compareInTurn(
          `overlay-render --version against node -e 0 (Node ${process.version})`,
          rounds,
          () => ours('--version'),
          node,
        ),
        1.5,
      ),
      report(
        await compareInTurn(
          'overlay-render yq . on 30 KB against node -e 0',
          rounds,
          () => ours('yq', '.', file),
          node,
        ),
        1.5,
      ),
    ]
    const yq = realYq()
    if (yq === undefined)
      return [...lines, 'overlay-render yq against the real yq: skipped, it is not installed'].join('\n')
    const real = async (): Promise<void> => void (await run(yq, ['.', file]))
    lines.push(
      report(
        await compareInTurn(
          'overlay-render yq . on 30 KB against the real yq',
          rounds,
          () => ours('yq', '.', file),
          real,
        ),
        undefined,
      ),
    )
    return lines.join('\n')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Generates a Prow configuration of about `size` bytes: presubmits with comments, quotes and block scalars. */
export function makeConfig(size: number): string {
  const parts = [
    '# Prow configuration\nplank:\n  job_url_template: "https://prow.example/view/{{.Spec.Job}}" # a Go template\npresubmits:\n  org/repo:\n',
  ]
  for (let length = 0, job = 0; length < size; job++) {
    const part = `  # job ${job}\n  - name: pull-unit-${job}\n    always_run: true\n    decorate: true\n    labels: {preset-a: "true", preset-b: 'false'}\n    spec:\n      containers:\n      - image: quay.io/org/image@sha256:${'0123456789abcdef'.repeat(4)}\n        command:\n        - /bin/sh\n        - -c\n        - |\n          set -e\n          make unit-${job}\n        resources:\n          requests:\n            memory: 4Gi # enough\n`
    parts.push(part)
    length += part.length
  }
  return parts.join('')
}
