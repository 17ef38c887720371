import { isList, memberAt, type Value, type ValueMap } from '../resources/value.ts'
import { firstDifference } from './first-difference.ts'
import { withPodDefaults } from './pod-defaults.ts'
import { isSmallerQuantity } from './quantity.ts'
import { UPDATE_RULES } from './update-rules.ts'
import { type FieldRule, RULE_WORDS, type UpdateRule } from './update-rules/update-rule.ts'

/** An API group and a kind in it. */
export interface GroupKind {
  readonly group: string
  readonly kind: string
}

/** Whether a table row applies to a kind. */
export function isAbout(
  row: { readonly group: string; readonly kinds: readonly string[] | RegExp },
  { group, kind }: GroupKind,
): boolean {
  return (
    row.group === group && (Array.isArray(row.kinds) ? row.kinds.includes(kind) : matches(row.kinds, kind))
  )
}

function matches(kinds: readonly string[] | RegExp, kind: string): boolean {
  return kinds instanceof RegExp && kinds.test(kind)
}

/** Why the API server rejects the change of a field; undefined when it accepts the object. */
export function refusedField(of: GroupKind, before: ValueMap, after: ValueMap): string | undefined {
  for (const row of UPDATE_RULES) {
    if (!isAbout(row, of) || row.when?.(before, after) === false) continue
    const place = VIOLATIONS[row.rule](before, after, row)
    if (place !== undefined) return `${place} ${RULE_WORDS[row.rule]}`
  }
  return undefined
}

type FindViolation = (before: ValueMap, after: ValueMap, row: UpdateRule) => string | undefined

const valueAt = (root: Value, { path }: UpdateRule): Value => memberAt(root, ...path.split('.')) ?? null
const isEmpty = (value: Value): boolean =>
  value === null || value === '' || (isList(value) && value.length === 0)
const difference: FindViolation = (before, after, { path, except = [], kinds }) =>
  isOwnPod(kinds)
    ? firstDifference(withPodDefaults(before), withPodDefaults(after), path, { except })
    : firstDifference(before, after, path, { except })
const isOwnPod = (kinds: UpdateRule['kinds']): boolean => Array.isArray(kinds) && kinds.includes('Pod')

/** Returns the path that breaks a rule, or undefined. */
const VIOLATIONS: Readonly<Record<FieldRule, FindViolation>> = {
  immutable: difference,
  'set-once': (before, after, row) =>
    isEmpty(valueAt(before, row)) ? undefined : difference(before, after, row),
  kept: (before, after, row) => (isEmpty(valueAt(after, row)) ? undefined : difference(before, after, row)),
  'not-removed': (before, after, row) =>
    !isEmpty(valueAt(before, row)) && isEmpty(valueAt(after, row)) ? row.path : undefined,
  'not-smaller': (before, after, row) =>
    isSmallerQuantity(valueAt(after, row), valueAt(before, row)) ? row.path : undefined,
  'not-larger': (before, after, row) => {
    const [old, fresh] = [valueAt(before, row), valueAt(after, row)]
    return !isEmpty(old) && (isEmpty(fresh) || isSmallerQuantity(old, fresh)) ? row.path : undefined
  },
  'only-added': (before, after, row) =>
    hasAll(valueAt(after, row), valueAt(before, row)) ? undefined : row.path,
  'only-removed': (before, after, row) =>
    hasAll(valueAt(before, row), valueAt(after, row)) ? undefined : row.path,
}

/** Whether every item of `part` has an equal one in `whole`. */
function hasAll(whole: Value, part: Value): boolean {
  const items = isList(whole) ? whole : []
  return (isList(part) ? part : []).every((item) =>
    items.some(
      (other) =>
        firstDifference({ tolerations: other }, { tolerations: item }, 'tolerations', {
          except: ['tolerations.tolerationSeconds'],
        }) === undefined,
    ),
  )
}
