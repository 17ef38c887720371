/** A range of the expression's text, as UTF-16 offsets; `end` is exclusive. */
export interface SourceRange {
  readonly start: number
  readonly end: number
}

type NoOptions = Record<never, never>

export type DataFormat = 'yaml' | 'json' | 'props' | 'csv' | 'tsv' | 'xml' | 'base64' | 'uri' | 'sh'

export interface EncodeOptions {
  readonly format: DataFormat
  /** Spaces per level; 0 means one line, if the format supports it. */
  readonly indent: number
}

export interface CommentOptions {
  readonly head: boolean
  readonly line: boolean
  readonly foot: boolean
}

/** How a value is assigned to a node. */
export interface UpdateOptions {
  /** `|=`: the right side sees the match as `.`; otherwise it sees the context of the whole assignment. */
  readonly relative: boolean
}

/** The letters after `*` and `*=`. */
export interface MergeOptions {
  /** `+`: lists of the right side are appended. */
  readonly appendLists: boolean
  /** `d`: lists are merged item by item. */
  readonly mergeLists: boolean
  /** `?`: only keys that exist on the left. */
  readonly onlyExisting: boolean
  /** `n`: only where the left side is null or absent. */
  readonly onlyNull: boolean
  /** `c`: custom tags of the left side are overwritten. */
  readonly clobberTags: boolean
}

/** Operators without operands, and their options. */
export interface LeafOptions {
  self: NoOptions
  empty: NoOptions
  /** A literal; `tag` is its type and `text` its spelling. */
  literal: { readonly tag: string; readonly text: string }
  /** A quoted string, unescaped; `\(…)` in it is evaluated each time. */
  text: { readonly text: string }
  /** `.name`, in which `*` and `?` are wildcards. */
  name: { readonly name: string; readonly optional: boolean }
  /** `..`, or `...` with the keys of maps. */
  descend: { readonly keys: boolean }
  variable: { readonly name: string }
  environment: { readonly name: string; readonly asText: boolean }
  substituteEnvironment: { readonly noUnset: boolean; readonly noEmpty: boolean; readonly failFast: boolean }
  parent: { readonly level: number }
  parents: NoOptions
  /** A word that is defined by an expression. */
  macro: { readonly body: Expression | undefined }
  length: NoOptions
  line: NoOptions
  column: NoOptions
  keys: NoOptions
  key: NoOptions
  isKey: NoOptions
  path: NoOptions
  kind: NoOptions
  tag: NoOptions
  style: NoOptions
  anchor: NoOptions
  alias: NoOptions
  comment: CommentOptions
  documentIndex: NoOptions
  fileName: NoOptions
  fileIndex: NoOptions
  splitDocument: NoOptions
  not: NoOptions
  any: NoOptions
  all: NoOptions
  min: NoOptions
  max: NoOptions
  toNumber: NoOptions
  toText: NoOptions
  trim: NoOptions
  changeCase: { readonly upper: boolean }
  toEntries: NoOptions
  fromEntries: NoOptions
  collectObject: NoOptions
  sort: NoOptions
  reverse: NoOptions
  shuffle: NoOptions
  unique: NoOptions
  /** `depth` levels of lists, or all of them when negative. */
  flatten: { readonly depth: number }
  firstItem: NoOptions
  pivot: NoOptions
  encode: EncodeOptions
  decode: { readonly format: DataFormat }
  now: NoOptions
  fromUnix: NoOptions
  toUnix: NoOptions
}

/** Operators with one operand, `argument`. */
export interface UnaryOptions {
  collect: NoOptions
  select: NoOptions
  filter: NoOptions
  first: NoOptions
  map: NoOptions
  mapValues: NoOptions
  has: NoOptions
  contains: NoOptions
  pick: NoOptions
  omit: NoOptions
  evaluateText: NoOptions
  raise: NoOptions
  anyMatch: NoOptions
  allMatch: NoOptions
  withEntries: NoOptions
  with: NoOptions
  delete: NoOptions
  setPath: NoOptions
  deletePaths: NoOptions
  explode: NoOptions
  sortBy: NoOptions
  sortKeys: NoOptions
  uniqueBy: NoOptions
  groupBy: NoOptions
  join: NoOptions
  split: NoOptions
  substitute: NoOptions
  match: NoOptions
  capture: NoOptions
  test: NoOptions
  load: { readonly format: DataFormat }
  loadText: NoOptions
  system: NoOptions
  formatDatetime: NoOptions
  withDatetimeFormat: NoOptions
  timezone: NoOptions
}

/** Operators with two operands, `left` and `right`. */
export interface BinaryOptions {
  pipe: NoOptions
  /** The implied pipe of a path after a result: `.a[0]`, `select(.)[1]`. */
  step: NoOptions
  /** `left[right]`, also `left[a:b]`. */
  index: { readonly optional: boolean }
  union: NoOptions
  /** `;` between the arguments of an operator. */
  block: NoOptions
  /** `key: value` of a map, or the two ends of a slice. */
  entry: NoOptions
  or: NoOptions
  and: NoOptions
  reduce: NoOptions
  /** `as $x`; `byReference` for `ref $x`. */
  bind: { readonly byReference: boolean }
  assign: UpdateOptions & { readonly clobberTags: boolean }
  assignStyle: UpdateOptions
  assignTag: UpdateOptions
  assignAnchor: UpdateOptions
  assignAlias: UpdateOptions
  assignComment: UpdateOptions & CommentOptions
  addAssign: NoOptions
  subtractAssign: NoOptions
  multiplyAssign: MergeOptions
  multiply: MergeOptions
  divide: NoOptions
  modulo: NoOptions
  add: NoOptions
  subtract: NoOptions
  alternative: NoOptions
  equals: NoOptions
  notEquals: NoOptions
  compare: { readonly greater: boolean; readonly orEqual: boolean }
}

export type LeafName = keyof LeafOptions
export type UnaryName = keyof UnaryOptions
export type BinaryName = keyof BinaryOptions
export type OperatorName = LeafName | UnaryName | BinaryName

/** The options of an operator. */
export type OptionsOf<Name extends OperatorName> = (LeafOptions & UnaryOptions & BinaryOptions)[Name]

// Interfaces, because TypeScript before 7 rejects recursive type aliases here.
interface OneOperand {
  readonly argument: Expression
}

interface TwoOperands {
  readonly left: Expression
  readonly right: Expression
}

type OperandsOf<Name extends OperatorName> = Name extends BinaryName
  ? TwoOperands
  : Name extends UnaryName
    ? OneOperand
    : NoOptions

/** A node of the syntax tree, discriminated by `operator`. */
export type Operation<Name extends OperatorName = OperatorName> = {
  [N in Name]: OptionsOf<N> & OperandsOf<N> & { readonly operator: N; readonly range: SourceRange }
}[Name]

export type Expression = Operation
