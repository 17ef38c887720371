import { KustomizeFault } from '../kustomize-fault.ts'
import { hideCredentials } from './hide-credentials.ts'
import type { RemoteInput } from './input-graph.ts'
import { remoteDanger } from './remote-name.ts'

export const NETWORK_HINT =
  'keep a locked copy in the tree: run overlay-render vendor; or allow the network (kustomize: {network: true} in overlay-render.yaml)'

/**
 * The fault for a remote; undefined when the network is allowed and the remote is safe.
 *
 * @param isLocal whether the tree has a file or folder with that name
 */
export function refuseRemote(
  remote: RemoteInput,
  isLocal: boolean,
  allowNetwork: boolean,
): KustomizeFault | undefined {
  const { written, form, position } = remote
  // Also for a URL: if it cannot be fetched as a file, it is cloned.
  const danger = remoteDanger(written)
  if (allowNetwork && danger === undefined) return undefined
  if (isLocal) {
    return new KustomizeFault({
      code: 'network-refused',
      message: `"${written}" is a folder here, but kustomize reads the name as a git remote`,
      hint: written.includes('_git/')
        ? 'rename the folder so that its name does not end in _git'
        : `write ./${written}`,
      position,
    })
  }
  const noun = form === 'url' ? 'a URL' : 'a git remote'
  return new KustomizeFault({
    code: 'network-refused',
    message: `"${hideCredentials(written)}" is ${noun}, and ${danger ?? 'network access is off'}`,
    hint: danger === undefined ? NETWORK_HINT : undefined,
    position,
  })
}
