import { setMember, type Value, type ValueMap } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'
import type { ScalarValue } from '@overlay-render/yq'

/** A step that set or changed a value. */
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
  /** The position of the step: the entry of the kustomization or of the settings. */
  readonly position: Position | undefined
}

/** A step that set a scalar. */
export interface ValueEvent {
  readonly step: ExplainStep
  /** The position that sets the value, as precisely as it is known. */
  readonly position: Position | undefined
  readonly value: ScalarValue
}

/** A map with traced values. */
export interface TracedMap {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Traced>
}

/** A list with traced items. */
export interface TracedList {
  readonly kind: 'list'
  readonly items: readonly Traced[]
}

/** A scalar and the steps that set it. */
export interface TracedScalar {
  readonly kind: 'scalar'
  readonly value: ScalarValue
  /** Oldest first: the last one set the current value. */
  readonly events: readonly ValueEvent[]
  /** The tree of the file, for a text that is a YAML file. */
  readonly file?: (() => Traced | undefined) | undefined
}

/** A value in which every scalar has the steps that set it. */
export type Traced = TracedMap | TracedList | TracedScalar

/** Map keys and list indexes from the top of an object. */
export type Path = readonly (string | number)[]

/** Placeholder for a value that is not traced yet. */
export const NOTHING: TracedScalar = { kind: 'scalar', value: null, events: [] }

/** The plain value of a traced tree. */
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

/** The tree at a path, also inside of texts that are files; undefined when nothing is there. */
export function tracedAt(root: Traced, path: Path): Traced | undefined {
  let at: Traced | undefined = root
  for (const step of path) {
    if (at?.kind === 'scalar') at = at.file?.()
    if (at?.kind === 'map') at = at.entries.get(String(step))
    else if (at?.kind === 'list') at = at.items[Number(step)]
    else return undefined
  }
  return at
}

/** Every scalar of a tree with its path. Files inside of texts are not entered. */
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
