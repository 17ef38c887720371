import { join } from 'node:path'

import { parseVendored, parseVendoredCharts, remoteKey } from '@overlay-render/kustomize'
import { diskView } from '@overlay-render/system'

import { LOCK_FILE } from '../workspace-config.ts'

/** What a lock that is already there says has been vendored. */
export interface FoundCopies {
  /** Whether there are copies, in the folder of copies. */
  readonly isSome: boolean
  /** Whether a remote, as a survey names it, has a copy. */
  readonly has: (remote: string) => boolean
  /** The version of the helm that rendered charts. */
  readonly helm: string | undefined
}

/** @throws KustomizeFault `lock-invalid` */
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
