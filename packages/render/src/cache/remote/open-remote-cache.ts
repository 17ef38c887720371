import { RenderFault } from '../../render-fault.ts'
import type { Patience, RemoteStore } from './remote-store.ts'

/** Where renders are shared between machines. The user's environment and options say it, never a workspace: a pull request may change that. */
export interface RemoteCacheSettings {
  /** Of a server of Bazel's HTTP cache protocol, such as `http://cache.example.com:8080`; user and password may be in it. */
  readonly url: string
  /** A PEM file with an Ed25519 key: the private one writes and reads entries, the public one reads. */
  readonly keyFile: string | undefined
  /** How long the server is waited for; 5 s for an answer and 30 s for a run when absent. */
  readonly patience?: Patience | undefined
}

/**
 * A remote cache for a `RenderCache`. The server is asked only when something is looked for.
 *
 * @throws RenderFault `remote-cache-invalid`; SystemFault when the key cannot be read
 */
export async function openRemoteCache({ url, keyFile, patience }: RemoteCacheSettings): Promise<RemoteStore> {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (address === undefined || !['http:', 'https:'].includes(address.protocol))
    throw invalid('the remote cache has no URL of http or https', 'for example http://cache.example.com:8080')
  if (keyFile === undefined) {
    throw invalid(
      'the remote cache has no key, so nobody can tell who made its entries',
      'name the file of an Ed25519 key: docs/cache.md says how to make one',
    )
  }
  // What talks to servers is loaded when there is one.
  const { RemoteStore } = await import('./remote-store.ts')
  const { readCacheKey } = await import('./cache-key-file.ts')
  return new RemoteStore(address, await readCacheKey(keyFile), patience)
}

/** The URL is not in the message: it may hold a password. */
function invalid(message: string, hint: string): RenderFault {
  return new RenderFault({ code: 'remote-cache-invalid', message, hint })
}
