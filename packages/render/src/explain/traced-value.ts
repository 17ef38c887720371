import { setMember, type Value, type ValueMap } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'
import type { ScalarValue } from '@overlay-render/yq'

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

/** What a value is before it is known. */
export const NOTHING: TracedScalar = { kind: 'scalar', value: null, events: [] }

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
