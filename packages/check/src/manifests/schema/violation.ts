import type { FieldPath } from '@overlay-render/kustomize'

/** A violation of the schema of an object's kind. */
export type Violation =
  | { readonly kind: 'unknown'; readonly place: FieldPath; readonly known: readonly string[] }
  | { readonly kind: 'missing'; readonly place: FieldPath; readonly field: string }
  /** `expected` and `found` are words such as `an integer`. */
  | { readonly kind: 'type'; readonly place: FieldPath; readonly expected: string; readonly found: string }
  | { readonly kind: 'enum'; readonly place: FieldPath; readonly allowed: readonly unknown[] }
