import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { ValueMap } from '@overlay-render/golden'

const repository = fileURLToPath(new URL('../../../..', import.meta.url))
const program = join(repository, '.cache/oracles/bin/prow-config')

/** Whether the program with Prow's own loader is installed: `pnpm oracles` builds it. */
export const hasProw: boolean = existsSync(program)

/** The folder with the real deployments; undefined where it is missing. */
export const corpus: string | undefined = [join(repository, '../shared/corpus')].find((path) =>
  existsSync(path),
)

/** The config file and the job folder of each real deployment. */
export const DEPLOYMENTS: Readonly<Record<string, { readonly config: string; readonly jobs: string }>> = {
  'kubevirt-2026': {
    config: 'kubevirt-2026/prow-deploy/kustom/base/configs/current/config/config.yaml',
    jobs: 'kubevirt-2026/prow-deploy/files/jobs',
  },
  'metal3-2026': { config: 'metal3-2026/prow/config/config.yaml', jobs: 'metal3-2026/prow/config/jobs' },
}

/** An effective job as Prow's own loader prints it. */
export interface OracleJob {
  readonly type: string
  readonly repo?: string
  readonly file: string
  readonly job: ValueMap
}

/** Every effective job of a config file and a job folder, from Prow's own loader. */
export function askProw(config: string, folder: string): OracleJob[] {
  const output = execFileSync(program, ['load', config, folder], { encoding: 'utf8', maxBuffer: 2 ** 30 })
  return output
    .trim()
    .split('\n')
    .map((line): OracleJob => JSON.parse(line))
}
