import type { VendoredRemote } from '@overlay-render/kustomize'

/** What became of a remote. */
export interface VendorOutcome {
  readonly url: string
  readonly outcome: 'kept' | 'added' | 'updated' | 'unused'
  /** What it was, and is. */
  readonly before: VendoredRemote | undefined
  readonly after: VendoredRemote | undefined
}

/** What is wrong with a copy. */
export interface VendorFinding {
  readonly url: string
  readonly problem: 'missing' | 'edited' | 'moved' | 'unused'
  readonly detail: string
}

/** The place of a copy, and whether it is a folder. */
export interface CopyPlace {
  readonly path: string
  readonly isFolder: boolean
}
