/**
 * A YAML value as kustomize reads it, with go-yaml v2, a variant of YAML 1.1: `y` and `on` are booleans, `012` is a
 * number, a date is text, and a merge key overrides keys before it in the same map. Children are read lazily.
 */
export type Value =
  | { readonly kind: 'map'; readonly at: number; readonly entries: () => readonly Entry[] }
  | { readonly kind: 'list'; readonly at: number; readonly items: () => readonly Value[] }
  | { readonly kind: 'text' | 'flag' | 'number' | 'null'; readonly at: number; readonly text: string }

export interface Entry {
  readonly key: string
  /** The offset of the key in the text. */
  readonly at: number
  readonly value: Value
  /** For a duplicate key: the offset of the first one. */
  readonly repeats?: number
}
