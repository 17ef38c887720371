import { join } from 'node:path'

import { parseVendored, parseVendoredCharts, remoteKey } from '@overlay-render/kustomize'
import { diskView } from '@overlay-render/system'

import { LOCK_FILE } from '../workspace-config.ts'

/** What an existing lock file says about vendored copies. */
export interface FoundCopies {
  /** Whether there are copies in the vendor folder. */
  readonly isSome: boolean
  /** Whether a remote, named as in a survey, has a copy. */
  readonly has: (remote: string) => boolean
  /** The version of helm that rendered the charts. */
  readonly helm: string | undefined
}

/** The vendored copies of a workspace. @throws KustomizeFault `lock-invalid` */
export function findCopies(workspace: string): FoundCopies {
  const file = join(workspace, LOCK_FILE)
  const text = diskView.kindOf(file) === 'file' ? Buffer.from(diskView.readFile(file)).toString('utf8') : ''
  const remotes = parseVendored(text, LOCK_FILE)
  const charts = parseVendoredCharts(text, LOCK_FILE)
  const names = new Set(charts?.charts.map(({ name }) => `chart ${name}`))
  return {
    isSome: remotes.size > 0 || charts !== undefined,
    has: (remote) => names.has(remote) || remotes.has(remoteKey(remote)),
    helm: charts?.helm.version,
  }
}
