import type { VendoredRemote } from '@overlay-render/kustomize'

/** The result of vendoring for one remote. */
export interface VendorOutcome {
  readonly url: string
  readonly outcome: 'kept' | 'added' | 'updated' | 'unused'
  /** Its lock entries before and after; undefined when there was or is none. */
  readonly before: VendoredRemote | undefined
  readonly after: VendoredRemote | undefined
}

/** A problem of a vendored copy. */
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
