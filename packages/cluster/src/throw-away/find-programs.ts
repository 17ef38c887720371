import { isAbsolute } from 'node:path'

import { findProgram } from '@overlay-render/system'

import { ClusterFault } from '../cluster-fault.ts'
import type { ServerPrograms } from './throw-away-server.ts'

/**
 * The `kube-apiserver` and `etcd` to start: from KUBEBUILDER_ASSETS, where envtest installs them, else from PATH.
 *
 * @param environment as `safeEnvironment` makes it
 * @throws ClusterFault `program-missing`
 */
export async function findServerPrograms(
  environment: Readonly<Record<string, string>>,
): Promise<Pick<ServerPrograms, 'kubeApiServer' | 'etcd'>> {
  const [kubeApiServer, etcd] = [
    await findAsset('kube-apiserver', environment),
    await findAsset('etcd', environment),
  ]
  if (kubeApiServer !== undefined && etcd !== undefined) return { kubeApiServer, etcd }
  throw new ClusterFault({
    code: 'program-missing',
    message: `${kubeApiServer === undefined ? 'kube-apiserver' : 'etcd'} is neither in KUBEBUILDER_ASSETS nor on PATH`,
    hint: 'setup-envtest installs both: eval $(setup-envtest use -p env)',
  })
}

/** The path of a program in KUBEBUILDER_ASSETS, else on PATH; undefined where it is in neither. */
export async function findAsset(
  name: string,
  environment: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const assets = environment['KUBEBUILDER_ASSETS']
  const first = assets !== undefined && isAbsolute(assets) ? await findProgram(name, { PATH: assets }) : []
  return first[0] ?? (await findProgram(name, environment))[0]
}
