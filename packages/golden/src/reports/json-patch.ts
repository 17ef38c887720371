import fastJsonPatch from 'fast-json-patch'

import type { ResourceChange } from '../diff/change.ts'
import { rebuild } from '../resources/rebuild.ts'
import {
  equalValues,
  isList,
  isMap,
  Redacted,
  toJson,
  type Value,
  type ValueMap,
} from '../resources/value.ts'
import { identity } from './json.ts'
import { isCompared, type ReportEntry } from './report.ts'

export interface ResourcePatch {
  readonly comparison: string
  readonly change: ResourceChange['kind']
  readonly resource: ValueMap
  readonly previous?: ValueMap
  /** RFC 6902. Applying it to the old object (null if there is none) results in the new one. */
  readonly patch: readonly ValueMap[]
  /** JSON pointers of changed secret values, which are left out of the patch. */
  readonly omitted: readonly string[]
}

/** A list with one RFC 6902 patch per resource. Secret values are left out, and their paths are listed. */
export function jsonPatchReport(entries: readonly ReportEntry[]): string {
  const patches = entries
    .filter(isCompared)
    .flatMap(({ title, diff }) => diff.resources.map((change) => patchOf(title, change)))
  return `${toJson(patches.map(toMap), '  ')}\n`
}

function toMap({ comparison, change, resource, previous, patch, omitted }: ResourcePatch): ValueMap {
  return {
    comparison,
    change,
    resource,
    ...(previous === undefined ? {} : { previous }),
    patch: [...patch],
    omitted: [...omitted],
  }
}

function patchOf(comparison: string, { kind, id, previousId, before, after }: ResourceChange): ResourcePatch {
  const omitted = changedSecrets(before, after)
  const common = {
    comparison,
    change: kind,
    resource: identity(id),
    ...(previousId === undefined ? {} : { previous: identity(previousId) }),
    omitted,
  }
  if (before === undefined || after === undefined) {
    const whole =
      after === undefined ? { op: 'remove', path: '' } : { op: 'add', path: '', value: withoutSecrets(after) }
    return { ...common, patch: [whole] }
  }
  return { ...common, patch: comparePlain(withoutSecrets(before), withoutSecrets(after)) }
}

/** Deeper objects are replaced as a whole, because fast-json-patch's recursion could overflow the stack. */
const MAX_DEPTH = 500

function comparePlain(before: Value, after: Value): ValueMap[] {
  if (depthOf(before) > MAX_DEPTH || depthOf(after) > MAX_DEPTH)
    return [{ op: 'replace', path: '', value: after }]
  const operations = fastJsonPatch.compare(toPlain(before), toPlain(after))
  return operations.map((operation): ValueMap => {
    const { op, path } = operation
    return 'value' in operation ? { op, path, value: fromPlain(operation.value) } : { op, path }
  })
}

/** The prefix of bigints as strings, because fast-json-patch copies through JSON. */
const NUMBER_MARK = '\uE000number:'

function toPlain(value: Value): object {
  const plain = rebuild(value, {
    leaf: (leaf) => (typeof leaf === 'bigint' ? NUMBER_MARK + String(leaf) : leaf),
  })
  return typeof plain === 'object' && plain !== null ? plain : {}
}

function fromPlain(value: Value): Value {
  return rebuild(value, {
    leaf: (leaf) =>
      typeof leaf === 'string' && leaf.startsWith(NUMBER_MARK)
        ? BigInt(leaf.slice(NUMBER_MARK.length))
        : leaf,
  })
}

function depthOf(root: Value): number {
  let deepest = 0
  const pending = [{ value: root, depth: 1 }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    deepest = Math.max(deepest, next.depth)
    for (const [, value] of membersOf(next.value)) pending.push({ value, depth: next.depth + 1 })
  }
  return deepest
}

/** A list with a secret is left out as a whole: removing one item would shift the others. */
function isSecret(value: Value | undefined): boolean {
  return value instanceof Redacted || (isList(value) && value.some((item) => item instanceof Redacted))
}

function withoutSecrets(value: Value): Value {
  return rebuild(value, { keep: (_parent, _key, item) => !isSecret(item) })
}

/** JSON pointers of the secrets that differ between the sides. */
function changedSecrets(before: Value | undefined, after: Value | undefined): string[] {
  const pointers: string[] = []
  const pending: { old: Value | undefined; fresh: Value | undefined; pointer: string }[] = [
    { old: before, fresh: after, pointer: '' },
  ]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { old, fresh, pointer } = next
    if (isSecret(old) || isSecret(fresh)) {
      if (!equalValues(old, fresh)) pointers.push(pointer)
      continue
    }
    const members = new Map(membersOf(fresh))
    const oldMembers = new Map(membersOf(old))
    for (const key of new Set([...oldMembers.keys(), ...members.keys()])) {
      pending.push({
        old: oldMembers.get(key),
        fresh: members.get(key),
        pointer: `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      })
    }
  }
  return pointers.sort()
}

function membersOf(value: Value | undefined): [string, Value][] {
  if (isList(value)) return value.map((item, index) => [String(index), item])
  return isMap(value) ? Object.entries(value) : []
}
