import { isList, isMap, setMember, toJson, type Value, type ValueMap } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'
import { type Node, scalarValue, type ScalarValue } from '@overlay-render/yq'

/** What set or changed a value: a file, a generator, a template, an edit, a script, a patch, a field of a kustomization. */
export interface ExplainStep {
  readonly kind:
    | 'file'
    | 'generator'
    | 'stub'
    | 'template'
    | 'edit'
    | 'script'
    | 'patch'
    | 'component'
    | 'field'
    | 'kustomize'
  /** Such as `patches[3]`, or `the edit of FILE`. */
  readonly title: string
  /** Where the step is named: the entry of the kustomization or of the settings. */
  readonly position: Position | undefined
}

/** A scalar got a value. */
export interface ValueEvent {
  readonly step: ExplainStep
  /** The place that gives the value, as near as it is known. */
  readonly position: Position | undefined
  readonly value: ScalarValue
}

export interface TracedMap {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Traced>
}

export interface TracedList {
  readonly kind: 'list'
  readonly items: readonly Traced[]
}

export interface TracedScalar {
  readonly kind: 'scalar'
  readonly value: ScalarValue
  /** The last one set what it is now. */
  readonly events: readonly ValueEvent[]
  /** The tree of a text that is a YAML file. */
  readonly file?: (() => Traced | undefined) | undefined
}

/** A value with all that made each of its scalars what it is. */
export type Traced = TracedMap | TracedList | TracedScalar

export type Path = readonly (string | number)[]

/** How many values aliases may unfold to. */
const MOST_VALUES = 1_000_000

/** The tree of a document, every scalar set by `step` at its own place. */
export function traceDocument(
  root: Node,
  step: ExplainStep,
  locate: (offset: number) => Position | undefined,
  scalar: (node: Node, traced: TracedScalar) => TracedScalar = (_node, traced) => traced,
): Traced {
  let made: Traced = { kind: 'scalar', value: null, events: [] }
  let count = 0
  const pending: { readonly node: Node; readonly put: (value: Traced) => void }[] = [
    { node: root, put: (value) => (made = value) },
  ]
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const node = resolved(task.node)
    if (++count > MOST_VALUES) break
    if (node.kind === 'mapping') {
      const entries = new Map<string, Traced>()
      task.put({ kind: 'map', entries })
      for (const [key, value] of membersOf(node)) {
        entries.set(key, NOTHING)
        pending.push({ node: value, put: (traced) => entries.set(key, traced) })
      }
    } else if (node.kind === 'sequence') {
      const items: Traced[] = node.content.map(() => NOTHING)
      task.put({ kind: 'list', items })
      for (const [index, item] of node.content.entries())
        pending.push({ node: item, put: (traced) => (items[index] = traced) })
    } else {
      const value = scalarValue(node)
      const position = node.start < 0 ? undefined : locate(node.start)
      task.put(scalar(node, { kind: 'scalar', value, events: [{ step, position, value }] }))
    }
  }
  return made
}

const NOTHING: Traced = { kind: 'scalar', value: null, events: [] }

function resolved(node: Node): Node {
  let at = node
  for (let steps = 0; at.kind === 'alias' && at.alias !== undefined && steps < 100; steps++) at = at.alias
  return at
}

/** The members of a mapping with its merge keys laid in, which own keys win over. */
function membersOf(mapping: Node): Map<string, Node> {
  const members = new Map<string, Node>()
  const sources = [mapping]
  for (let index = 0; index < sources.length && index < 1000; index++) {
    const { content } = sources[index] ?? mapping
    for (let at = 0; at + 1 < content.length; at += 2) {
      const [key, value] = content.slice(at, at + 2)
      if (key === undefined || value === undefined) continue
      const target = resolved(value)
      if (key.tag === '!!merge') {
        sources.push(
          ...(target.kind === 'sequence' ? target.content.map((item) => resolved(item)) : [target]),
        )
      } else if (!members.has(key.value)) members.set(key.value, value)
    }
  }
  return members
}

/** Who gave a scalar at `path` its value; undefined when nobody is known to. */
export type FindSetter = (
  path: Path,
  value: ScalarValue,
  before: ScalarValue | undefined,
) => Omit<ValueEvent, 'value'> | undefined

interface Pair {
  readonly before: Traced | undefined
  readonly after: Value
  readonly path: Path
  readonly put: (traced: Traced) => void
}

/**
 * The tree of what a value became: what is the same keeps what it was traced to, and `findSetter` is asked about the rest. Items
 * of lists are taken for the same when they are equal, have an equal name or key, or are at the same place.
 */
export function retrace(
  before: Traced | undefined,
  after: Value,
  findSetter: FindSetter,
  start: Path = [],
): Traced {
  let made: Traced = NOTHING
  const pending: Pair[] = [{ before, after, path: start, put: (traced) => (made = traced) }]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const { before: old, after: now, path, put } = pair
    if (isMap(now)) {
      const entries = new Map<string, Traced>()
      put({ kind: 'map', entries })
      for (const [key, value] of Object.entries(now)) {
        entries.set(key, NOTHING)
        pending.push({
          before: old?.kind === 'map' ? old.entries.get(key) : undefined,
          after: value,
          path: [...path, key],
          put: (traced) => entries.set(key, traced),
        })
      }
    } else if (isList(now)) {
      const items: Traced[] = now.map(() => NOTHING)
      put({ kind: 'list', items })
      const partners = pairItems(old?.kind === 'list' ? old.items : [], now)
      for (const [index, value] of now.entries()) {
        const put = (traced: Traced): void => void (items[index] = traced)
        pending.push({ before: partners[index], after: value, path: [...path, index], put })
      }
    } else put(retraceScalar(old, scalarOf(now), path, findSetter))
  }
  return made
}

function retraceScalar(
  old: Traced | undefined,
  value: ScalarValue,
  path: Path,
  findSetter: FindSetter,
): TracedScalar {
  const before = old?.kind === 'scalar' ? old : undefined
  // kustomize prints a quoted text or a number in its own way.
  if (before !== undefined && before.events.length > 0 && String(before.value) === String(value))
    return before
  const setter = findSetter(path, value, before?.value)
  const events = before?.events ?? []
  if (setter !== undefined) return { kind: 'scalar', value, events: [...events, { ...setter, value }] }
  return events.length > 0 ? { kind: 'scalar', value, events, file: before?.file } : unknown(value)
}

function unknown(value: ScalarValue): TracedScalar {
  const step: ExplainStep = { kind: 'kustomize', title: 'not known', position: undefined }
  return { kind: 'scalar', value, events: [{ step, position: undefined, value }] }
}

function scalarOf(value: Value): ScalarValue {
  return typeof value === 'object' && value !== null ? String(value) : value
}

/** Fields that tell the items of a list apart, by which Kubernetes and Prow merge or find them. */
export const ITEM_KEYS = [
  'name',
  'key',
  'containerPort',
  'port',
  'mountPath',
  'devicePath',
  'ip',
  'kind',
  'host',
] as const

/** For each item now, the item that it was. */
function pairItems(before: readonly Traced[], after: readonly Value[]): (Traced | undefined)[] {
  const partners: (Traced | undefined)[] = after.map(() => undefined)
  const plain = before.map((item) => plainOf(item))
  const free = new Set(before.keys())
  const take = (index: number, found: number | undefined): void => {
    if (found === undefined) return
    free.delete(found)
    partners[index] = before[found]
  }
  const texts = new Map<string, number[]>()
  for (const [index, value] of plain.entries()) {
    const text = toJson(value)
    texts.set(text, [...(texts.get(text) ?? []), index])
  }
  for (const [index, value] of after.entries()) take(index, texts.get(toJson(value))?.shift())
  for (const [index, value] of after.entries()) {
    if (partners[index] !== undefined || !isMap(value)) continue
    const key = ITEM_KEYS.find((field) => Object.hasOwn(value, field))
    if (key === undefined) continue
    take(
      index,
      [...free].find((at) => {
        const other = plain[at]
        return isMap(other) && String(other[key]) === String(value[key])
      }),
    )
  }
  for (const [index] of after.entries()) {
    if (partners[index] === undefined && free.has(index)) take(index, index)
  }
  return partners
}

/** The value of a tree. */
export function plainOf(root: Traced): Value {
  let made: Value = null
  const pending: { readonly node: Traced; readonly put: (value: Value) => void }[] = [
    { node: root, put: (value) => (made = value) },
  ]
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const { node, put } = task
    if (node.kind === 'scalar') put(node.value)
    else if (node.kind === 'list') {
      const list: Value[] = node.items.map(() => null)
      put(list)
      for (const [index, item] of node.items.entries())
        pending.push({ node: item, put: (value) => (list[index] = value) })
    } else {
      const map: ValueMap = {}
      put(map)
      for (const [key, item] of node.entries) {
        setMember(map, key, null)
        pending.push({ node: item, put: (value) => setMember(map, key, value) })
      }
    }
  }
  return made
}

/** What is at a path, through texts that are files; undefined where nothing is. */
export function tracedAt(root: Traced, path: Path): Traced | undefined {
  let at: Traced | undefined = root
  for (const step of path) {
    if (at?.kind === 'scalar') at = at.file?.()
    if (at?.kind === 'map') at = at.entries.get(String(step))
    else if (at?.kind === 'list' && typeof step === 'number') at = at.items[step]
    else return undefined
  }
  return at
}

/** Every scalar of a tree with its path, files inside of texts aside. */
export function* scalarsOf(root: Traced): Generator<{ readonly path: Path; readonly scalar: TracedScalar }> {
  const pending: { readonly node: Traced; readonly path: Path }[] = [{ node: root, path: [] }]
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const { node, path } = task
    if (node.kind === 'scalar') {
      yield { path, scalar: node }
      continue
    }
    const children: [string | number, Traced][] =
      node.kind === 'map' ? [...node.entries] : [...node.items.entries()]
    for (const [key, child] of children.toReversed()) pending.push({ node: child, path: [...path, key] })
  }
}
