import { isList, isMap, toJson, type Value } from '@overlay-render/golden'
import type { ScalarValue } from '@overlay-render/yq'

import {
  type ExplainStep,
  NOTHING,
  type Path,
  plainOf,
  type Traced,
  type TracedScalar,
  type ValueEvent,
} from './traced-value.ts'

/** What set a scalar. */
export interface Setter extends Omit<ValueEvent, 'value'> {
  /** The history of the value that the step copied from elsewhere. */
  readonly from?: readonly ValueEvent[] | undefined
}

/** The step that set the scalar at `path`; undefined when it is unknown. */
export type FindSetter = (
  path: Path,
  value: ScalarValue,
  before: ScalarValue | undefined,
) => Setter | undefined

interface Pair {
  readonly before: Traced | undefined
  readonly after: Value
  readonly path: Path
  readonly put: (traced: Traced) => void
}

/**
 * The traced tree of a value after a step: `findSetter` is called for scalars that changed, and `findSame` for the others, which
 * keep their trace unless it finds that a step set the same value again. List items are matched when they are equal, else by equal
 * name or key, else by index.
 */
export function retrace(
  before: Traced | undefined,
  after: Value,
  findSetter: FindSetter,
  start: Path = [],
  findSame: FindSetter = () => undefined,
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
    } else put(retraceScalar(old, scalarOf(now), path, { findSetter, findSame }))
  }
  return made
}

function retraceScalar(
  old: Traced | undefined,
  value: ScalarValue,
  path: Path,
  { findSetter, findSame }: { readonly findSetter: FindSetter; readonly findSame: FindSetter },
): TracedScalar {
  const before = old?.kind === 'scalar' ? old : undefined
  // Compared as text, since kustomize may print a number or a quoted text in another form.
  if (before !== undefined && before.events.length > 0 && String(before.value) === String(value)) {
    const same = findSame(path, value, before.value)
    if (same === undefined) return before
    const { step, position } = same
    return { ...before, events: [...before.events, { step, position, value }] }
  }
  const setter = findSetter(path, value, before?.value)
  const events = before?.events ?? []
  if (setter !== undefined) {
    const { step, position, from = [] } = setter
    return { kind: 'scalar', value, events: [...events, ...from, { step, position, value }] }
  }
  return events.length > 0 ? { kind: 'scalar', value, events, file: before?.file } : unknown(value)
}

function unknown(value: ScalarValue): TracedScalar {
  const step: ExplainStep = { kind: 'kustomize', title: 'not known', position: undefined }
  return { kind: 'scalar', value, events: [{ step, position: undefined, value }] }
}

function scalarOf(value: Value): ScalarValue {
  return typeof value === 'object' && value !== null ? String(value) : value
}

/** Fields that identify the items of a list, by which Kubernetes and Prow merge or look them up. */
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

/** For each new item, the old item that it was. */
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
