import type { FieldPlace } from '@overlay-render/kustomize'

/** What an object has that its kind does not allow. */
export type Violation =
  | { readonly kind: 'unknown'; readonly place: FieldPlace; readonly known: readonly string[] }
  | { readonly kind: 'missing'; readonly place: FieldPlace; readonly field: string }
  /** `expected` and `found` are words such as `an integer`. */
  | { readonly kind: 'type'; readonly place: FieldPlace; readonly expected: string; readonly found: string }
  | { readonly kind: 'enum'; readonly place: FieldPlace; readonly allowed: readonly unknown[] }
