export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }
export interface JsonMap {
  readonly [key: string]: Json | undefined
}

/** An object as it is in the cluster, and changes to it as JSON merge patches. */
export interface KindCases {
  readonly before: JsonMap
  /** Fields that a controller would have set. */
  readonly status?: JsonMap
  readonly patches: readonly JsonMap[]
}

/** In a patch: sets the field to `null`, because a plain `null` removes it. */
export const WRITTEN_NULL = '(null)'
