import {
  formatId,
  isList,
  isMap,
  member,
  type ResourceId,
  setMember,
  type Value,
} from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import {
  type BuildCheck,
  type OperationFact,
  patchExample,
  type PatchFact,
  type SelectedFact,
  selectedExample,
} from './build-check.ts'

const NAME = 'positional-json-patch'
/** Fields that identify the items of Kubernetes lists. */
const ITEM_KEYS = ['name', 'key', 'containerPort', 'mountPath', 'host', 'path'] as const

const container = (...names: string[]): Value => ({
  spec: { containers: names.map((name) => ({ name, args: ['--a', '--b'] })) },
})
const operation = (op: string, path: string): OperationFact => ({
  op,
  path,
  position: { file: 'patch.yaml', line: 2, column: 3 },
})

/** JSON patches that name a list item by its index. */
export const positionalJsonPatch: Rule<BuildCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'A JSON patch names an item of a list by its index. When somebody adds an item before it, the patch changes another one.',
  check: ({ patches }) => patches.flatMap((patch) => findPositional(patch)),
  examples: {
    fires: [
      patchExample('one of two containers', {
        operations: [operation('replace', '/spec/containers/1/image')],
        selected: [selectedExample('Pod', 'web', { value: container('first', 'second') })],
      }),
      patchExample('an argument', {
        operations: [operation('remove', '/spec/containers/0/args/1')],
        selected: [selectedExample('Pod', 'web', { value: container('only') })],
      }),
      patchExample('one of two containers of the second object', {
        operations: [operation('replace', '/spec/containers/0/image')],
        selected: [
          selectedExample('Pod', 'one', { value: container('only') }),
          selectedExample('Pod', 'two', { value: container('first', 'second') }),
        ],
      }),
    ],
    silent: [
      patchExample('the end of a list', {
        operations: [operation('add', '/spec/containers/-')],
        selected: [selectedExample('Pod', 'web', { value: container('first', 'second') })],
      }),
      patchExample('a number that is a key of a map', {
        operations: [operation('add', '/data/0')],
        selected: [selectedExample('ConfigMap', 'web', { value: { data: { 0: 'a' } } })],
      }),
      patchExample('the only container: there is no other', {
        operations: [operation('replace', '/spec/containers/0/image')],
        selected: [selectedExample('Pod', 'web', { value: container('only') })],
      }),
      patchExample('an operation before it tests what is there', {
        operations: [
          operation('test', '/spec/containers/1/name'),
          operation('replace', '/spec/containers/1/image'),
        ],
        selected: [selectedExample('Pod', 'web', { value: container('first', 'second') })],
      }),
      patchExample('what an operation before it made', {
        operations: [operation('add', '/spec/containers'), operation('add', '/spec/containers/1/image')],
        selected: [selectedExample('Pod', 'web', { value: container('first', 'second') })],
      }),
    ],
  },
}

/** An index in the path of an operation, and the item it selects. */
interface Hit {
  /** The path up to the index. */
  readonly pointer: string
  readonly item: string
}

/** One finding for each list item that a patch names by index, even if several operations and objects have it. */
function findPositional(patch: PatchFact): Finding[] {
  const { name, object, selected = [] } = patch
  const places = new Map<string, { readonly first: PlaceHit; readonly others: ResourceId[] }>()
  for (const each of selected) {
    for (const place of placesOf(patch, each)) {
      const known = places.get(place.hit.pointer)
      if (known === undefined) places.set(place.hit.pointer, { first: place, others: [] })
      else known.others.push(each.id)
    }
  }
  return [...places.values()].map(({ first: { hit, id, operations }, others }) => {
    const [first, ...rest] = operations
    const more = rest.length === 0 ? '' : `, and ${rest.length} more operations of the patch with it`
    const also = others.length === 0 ? '' : `; the same place of ${others.length} more objects`
    return {
      rule: NAME,
      severity: 'warning',
      message: `${name} hits ${hit.item} of ${formatId(id)} by its index (${first.op} ${first.path})${more}${also}`,
      object: `${object} ${hit.pointer}`,
      position: first.position,
      hint: 'merge an object that names the item, or put a test operation before it that fails when the index is another item',
    }
  })
}

/** A list item of an object, and the operations that name it by index. */
interface PlaceHit {
  readonly hit: Hit
  readonly id: ResourceId
  readonly operations: [OperationFact, ...OperationFact[]]
}

function placesOf({ operations }: PatchFact, { id, value: read }: SelectedFact): PlaceHit[] {
  if (!operations.some(({ path }) => /\/\d/u.test(path))) return []
  let value = read()
  const hits = new Map<string, PlaceHit>()
  for (const [index, given] of operations.entries()) {
    const before = operations.slice(0, index)
    for (const hit of hitsOf(given, value)) {
      if (before.some((other) => makesSafe(other, hit.pointer))) continue
      const known = hits.get(hit.pointer)
      if (known === undefined) hits.set(hit.pointer, { hit, id, operations: [given] })
      else known.operations.push(given)
    }
    value = afterOperation(given, value)
  }
  return [...hits.values()]
}

/** A placeholder for a value that an operation adds: only the indexes of the others matter. */
const NEW: Value = null

/** A copy of an object after an operation, in which list items have moved. */
function afterOperation({ op, path }: OperationFact, root: Value): Value {
  if (!/^(?:add|remove|replace)$/u.test(op)) return root
  const copy = structuredClone(root)
  const steps = stepsOf(path)
  const last = steps.pop()
  const holder = steps.reduce<Value | undefined>(inside, copy)
  if (last === undefined || holder === undefined) return copy
  if (isList(holder)) {
    const index = last === '-' ? holder.length : Number(last)
    if (op === 'add') holder.splice(index, 0, NEW)
    else if (op === 'remove') holder.splice(index, 1)
    else holder[index] = NEW
  } else if (isMap(holder)) {
    if (op === 'remove') delete holder[last]
    else setMember(holder, last, NEW)
  }
  return copy
}

function stepsOf(path: string): string[] {
  const steps = path.split('/').slice(1)
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function inside(value: Value | undefined, step: string): Value | undefined {
  return isList(value) ? value[Number(step)] : member(value, step)
}

function hitsOf({ op, path }: OperationFact, root: Value): Hit[] {
  if (op === 'test') return []
  const hits: Hit[] = []
  const steps = stepsOf(path)
  let value: Value | undefined = root
  for (const [depth, step] of steps.entries()) {
    if (isList(value) && /^\d+$/u.test(step)) {
      const list: readonly Value[] = value
      const item: Value | undefined = list[Number(step)]
      // Adding at an index cannot select a wrong item.
      const isAdded = op === 'add' && depth === steps.length - 1
      const named = item === undefined || isAdded ? undefined : describeItem(item, list)
      if (named !== undefined)
        hits.push({
          pointer: path
            .split('/')
            .slice(0, depth + 2)
            .join('/'),
          item: named,
        })
      value = item
    } else value = member(value, step)
  }
  return hits
}

/** Describes a list item, such as `name=deck`, by a field or text that identifies it; undefined for the only item. */
function describeItem(item: Value, all: readonly Value[]): string | undefined {
  const list = all.filter((other) => other !== NEW)
  if (all.length < 2) return undefined
  if (typeof item === 'string') return JSON.stringify(item.length > 60 ? `${item.slice(0, 60)}…` : item)
  if (!isMap(item)) return undefined
  const key = ITEM_KEYS.find((field) => {
    const values = list.map((other) => member(other, field))
    return values.every((value) => value !== undefined) && new Set(values.map(String)).size === list.length
  })
  return key === undefined ? undefined : `${key}=${String(item[key])}`
}

/** Whether an earlier operation makes an index safe: it tests the item, or creates the list. */
function makesSafe({ op, path }: OperationFact, pointer: string): boolean {
  const list = pointer.slice(0, pointer.lastIndexOf('/'))
  if (op === 'test') return path === pointer || path.startsWith(`${pointer}/`)
  return (op === 'add' || op === 'replace') && (path === list || list.startsWith(`${path}/`))
}
