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
  /** What a controller would have written. */
  readonly status?: JsonMap
  readonly patches: readonly JsonMap[]
}

/** In a patch: the field is written as `null`, where a `null` takes it away. */
export const WRITTEN_NULL = '(null)'
