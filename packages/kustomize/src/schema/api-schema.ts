/** What the API server takes in one place of an object; anything where it says nothing. */
export interface ApiSchema {
  readonly type?: ApiType
  /** The name of the definition that says more. */
  readonly ref?: string
  /** The fields of an object; one that is not among them is unknown. Anything where it and `values` are absent. */
  readonly properties?: Readonly<Record<string, ApiSchema>>
  readonly required?: readonly string[]
  /** What every value of a map is. */
  readonly values?: ApiSchema
  /** What every item of a list is. */
  readonly items?: ApiSchema
  /** Whether fields are kept that are not among the properties. */
  readonly keepsUnknown?: boolean
  /** The texts and numbers that are allowed. */
  readonly enum?: readonly unknown[]
  /** Whether a null is a value, and not as if the field were not there. */
  readonly nullable?: boolean
  /** Whether a null is refused: an item of a list of a custom resource cannot be left out. */
  readonly refusesNull?: boolean
  /** Whether the API server fills it in where it is missing. */
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

/** The kinds of Kubernetes and what their objects hold. */
export interface ApiDocument {
  readonly definitions: Readonly<Record<string, ApiSchema>>
  /** The definition of each kind, by `apps/v1 Deployment`. */
  readonly kinds: Readonly<Record<string, string>>
}
