import type { InputRole } from './input-graph.ts'

/** What kustomize accepts as the value of a field. */
export type Shape =
  | 'text'
  | 'flag'
  | 'number'
  | 'any'
  | Naming
  | SourceNaming
  | { readonly list: Shape }
  | { readonly mapOf: Shape; readonly named?: Fields }
  | FieldsShape

/** Text that refers to a file or a folder. */
export interface Naming {
  readonly names: InputRole
  readonly form: NamedForm
  /** Whether inline YAML objects are allowed instead. */
  readonly orObjects?: boolean
  /** Whether empty text is allowed. */
  readonly orEmpty?: boolean
  /** Whether a sibling `target` decides if an empty file is valid. */
  readonly besideTarget?: boolean
}

/** What kustomize tries for a reference: only a file; a file, then a folder, then git; or a folder, then git. */
export type NamedForm = 'file' | 'file-or-folder' | 'folder'

/** Text that refers to a generator's source: `path` or `key=path`, or a file of `key=value` lines. */
export interface SourceNaming {
  readonly source: 'file' | 'env'
}

export interface FieldsShape {
  readonly fields: Fields
  /** The kind of the whole entry. */
  readonly entry?: EntryKind
  /** A required field. */
  readonly needs?: string
}

export type EntryKind = 'ConfigMap' | 'Secret' | 'chart' | 'old-chart'

export type Fields = Readonly<Record<string, Shape | VersionedField>>

export interface VersionedField {
  readonly shape: Shape
  readonly since?: string
  readonly until?: string
  /** Why entries of this field are rejected before the version `until`. */
  readonly refused?: { readonly until: string; readonly message: string; readonly hint: string }
}

/** A field with its versions and restrictions. */
export function rowOf(field: Shape | VersionedField): VersionedField {
  return typeof field === 'object' && 'shape' in field ? field : { shape: field }
}
