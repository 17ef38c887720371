import type { Value } from '../../resources/value.ts'

/** How a field of an object may change. */
export type FieldRule =
  | 'immutable'
  /** It may be set once. */
  | 'set-once'
  /** It cannot be changed; leaving it out keeps its value. */
  | 'kept'
  /** It may be changed, but not removed. */
  | 'not-removed'
  /** A quantity or a number. */
  | 'not-smaller'
  /** It may be set or become smaller. */
  | 'not-larger'
  /** A list that may only grow. */
  | 'only-added'
  /** A list that may only shrink. */
  | 'only-removed'

/** How the API server validates the change of one field. */
export interface UpdateRule {
  /** The API group; '' is the core group. */
  readonly group: string
  readonly kinds: readonly string[] | RegExp
  /** A path of keys. The rule includes everything below it. */
  readonly path: string
  readonly rule: FieldRule
  /** Paths below it that may change, or that other rows cover: `spec.containers[].image`. */
  readonly except?: readonly string[]
  /** When the rule applies; always when absent. */
  readonly when?: (before: Value, after: Value) => boolean
}

/** The message of a rule; follows the path of the field. */
export const RULE_WORDS: Readonly<Record<FieldRule, string>> = {
  immutable: 'cannot be changed once the object exists',
  'set-once': 'cannot be changed once it is set',
  kept: 'cannot be changed once the object exists',
  'not-removed': 'cannot be removed once it is set',
  'not-smaller': 'cannot become smaller',
  'not-larger': 'cannot become larger',
  'only-added': 'can only get more items',
  'only-removed': 'can only lose items',
}

/** Rules for several fields of the same kinds. */
export function rulesOf(
  group: string,
  kinds: UpdateRule['kinds'],
  rule: FieldRule,
  paths: readonly string[],
  more: Pick<UpdateRule, 'except' | 'when'> = {},
): UpdateRule[] {
  return paths.map((path) => ({ group, kinds, path, rule, ...more }))
}
