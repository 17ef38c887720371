/** The values that the API server accepts for a part of an object. An empty schema accepts all values. */
export interface ApiSchema {
  readonly type?: ApiType
  /** The name of a referenced definition. */
  readonly ref?: string
  /** The known fields of an object; all are allowed when this and `values` are absent. */
  readonly properties?: Readonly<Record<string, ApiSchema>>
  readonly required?: readonly string[]
  /** The schema of the values of a map. */
  readonly values?: ApiSchema
  /** The schema of the items of a list. */
  readonly items?: ApiSchema
  /** Whether unknown fields are preserved. */
  readonly keepsUnknown?: boolean
  /** The allowed strings and numbers. */
  readonly enum?: readonly unknown[]
  /** Whether null is a value; otherwise it counts as an absent field. */
  readonly nullable?: boolean
  /** Whether null is invalid, such as for list items of custom resources. */
  readonly refusesNull?: boolean
  /** Whether the API server has a default for it. */
  readonly hasDefault?: boolean
}

/** `bytes` are base64; `time` is RFC 3339; a quantity is a number with or without a suffix. */
export type ApiType =
  | 'object'
  | 'list'
  | 'text'
  | 'integer'
  | 'int32'
  | 'number'
  | 'flag'
  | 'int-or-text'
  | 'quantity'
  | 'time'
  | 'bytes'

/** The kinds of Kubernetes and their schemas. */
export interface ApiDocument {
  readonly definitions: Readonly<Record<string, ApiSchema>>
  /** The definition of each kind, by `apps/v1 Deployment`. */
  readonly kinds: Readonly<Record<string, string>>
}
