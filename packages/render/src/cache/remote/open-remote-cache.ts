import { RenderFault } from '../../render-fault.ts'
import type { RemoteTimeouts, RemoteStore } from './remote-store.ts'

/**
 * Where renders are shared between machines. Set by the user's environment and options, never by a workspace, which a pull request
 * can change.
 */
export interface RemoteCacheSettings {
  /** The URL of a server with Bazel's HTTP cache protocol, such as `http://cache.example.com:8080`. It may hold a user and a password. */
  readonly url: string
  /** A PEM file with an Ed25519 key: the private one writes and reads entries, the public one reads. */
  readonly keyFile: string | undefined
  /** Time limits; 5 s for an answer and 30 s for a run when absent. */
  readonly timeouts?: RemoteTimeouts | undefined
}

/**
 * A remote cache for a `RenderCache`. The server is asked only when something is looked for.
 *
 * @throws RenderFault `remote-cache-invalid`; SystemFault when the key cannot be read
 */
export async function openRemoteCache({ url, keyFile, timeouts }: RemoteCacheSettings): Promise<RemoteStore> {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (address === undefined || !['http:', 'https:'].includes(address.protocol))
    throw invalid(
      'the URL of the remote cache must start with http:// or https://',
      'for example http://cache.example.com:8080',
    )
  if (address.search !== '' || address.hash !== '')
    throw invalid(
      'the URL of the remote cache has a query or a fragment, which its entries would not have',
      'name the folder of /ac/ and /cas/ alone; a user and a password go before the host',
    )
  if (keyFile === undefined) {
    throw invalid(
      'the remote cache has no key, so nobody can tell who made its entries',
      'name the file of an Ed25519 key: docs/cache.md says how to make one',
    )
  }
  // Loaded only when a remote cache is configured.
  const { RemoteStore } = await import('./remote-store.ts')
  const { readCacheKey } = await import('./cache-key-file.ts')
  return new RemoteStore(address, await readCacheKey(keyFile), timeouts)
}

/** The URL is not in the message: it may hold a password. */
function invalid(message: string, hint: string): RenderFault {
  return new RenderFault({ code: 'remote-cache-invalid', message, hint })
}
