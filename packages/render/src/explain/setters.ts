import {
  applyImage,
  type BuildStep,
  fieldOf,
  itemsOf,
  type KustomizationValue,
  type TracedRoot,
} from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'
import { member, type Value } from '@overlay-render/golden'

import { ITEM_KEYS, type Setter } from './retrace.ts'
import { type Path, type Traced, tracedAt } from './traced-value.ts'

/** A scalar that changed in a step. */
export interface Question {
  readonly path: Path
  readonly value: unknown
  readonly before: unknown
  /** The whole object after the step. */
  readonly object: Value
  /** The whole object before the step. */
  readonly traced: Traced
}

/** Where a step sets a value. */
export type SetterPlace = Omit<Setter, 'step'> & { readonly position: Position }

/** The position in a step that sets the value; undefined when the step does not set it. */
export function findSetter(step: BuildStep, root: TracedRoot, question: Question): SetterPlace | undefined {
  if (step.patch?.form === 'operations') return findOperation(step.patch, question)
  const position =
    step.patch?.form === 'objects'
      ? findInObjects(step.patch, question)
      : FIELD_SETTERS[step.field]?.(step, root, question)
  return position && { position }
}

type Patch = NonNullable<BuildStep['patch']>

/**
 * The last operation that sets the value at the path or above it. An operation whose value is still there comes before one whose
 * value has changed since, and one with the exact indexes of the path before one whose list items may have moved.
 */
function findOperation({ values, locate }: Patch, question: Question): SetterPlace | undefined {
  for (const isSame of [true, false]) {
    for (const isExact of [true, false]) {
      for (const operation of values.toReversed()) {
        const found = inOperation(operation, question, isExact, isSame)
        if (found === undefined) continue
        return {
          position: locate(found.at),
          from: found === operation ? copiedBy(operation, question) : undefined,
        }
      }
    }
  }
  return undefined
}

/** The history of the value that a `copy` or `move` takes. */
function copiedBy(operation: KustomizationValue, { path, traced }: Question): Setter['from'] {
  const to = stepsOf(textOf(fieldOf(operation, 'path')))
  const from = stepsOf(textOf(fieldOf(operation, 'from')))
  const found = tracedAt(traced, [...from, ...path.slice(to.length)])
  return found?.kind === 'scalar' ? found.events : undefined
}

function inOperation(
  operation: KustomizationValue,
  { path, value, object }: Question,
  isExact: boolean,
  isSame: boolean,
): KustomizationValue | undefined {
  const steps = stepsOf(textOf(fieldOf(operation, 'path')))
  if (!leadsTo(steps, path, isExact)) return undefined
  const given = fieldOf(operation, 'value')
  if (given === undefined) {
    return /^(?:copy|move)$/u.test(textOf(fieldOf(operation, 'op'))) ? operation : undefined
  }
  const now = path.slice(0, steps.length).reduce<Value | undefined>(inside, object)
  if (isSame && !isPartOf(given, now)) return undefined
  return descend(given, path.slice(steps.length), value, now)
}

function stepsOf(pointer: string): string[] {
  if (pointer === '') return []
  const steps = pointer.slice(1).split('/')
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function inside(value: Value | undefined, step: string | number): Value | undefined {
  if (typeof step === 'string') return member(value, step)
  return Array.isArray(value) ? value[step] : undefined
}

/** Later operations may have moved the items of a list, so an index in the path may differ from the written one. */
function leadsTo(steps: readonly string[], path: Path, isExact: boolean): boolean {
  if (steps.length > path.length) return false
  return steps.every((step, index) => {
    const at = path[index]
    if (step === String(at)) return true
    return typeof at === 'number' && (step === '-' || (!isExact && /^\d+$/u.test(step)))
  })
}

function findInObjects({ values, locate }: Patch, { path, value, object }: Question): Position | undefined {
  for (const patch of values) {
    const found = descend(patch, path, value, object)
    if (found !== undefined) return locate(found.at)
  }
  return undefined
}

/** The scalar at a path with that value. The items of a list in a patch are found by the fields that identify them. */
function descend(
  start: KustomizationValue,
  path: Path,
  value: unknown,
  object: Value | undefined,
): KustomizationValue | undefined {
  let candidates = [start]
  let beside = object
  for (const step of path) {
    beside = inside(beside, step)
    candidates = candidates.flatMap((candidate) => {
      if (candidate.kind === 'map') return fieldExactly(candidate, String(step)) ?? []
      if (candidate.kind !== 'list' || typeof step !== 'number') return []
      const items = itemsOf(candidate)
      const own = items[step]
      const same = items.filter((item) => isPartOf(item, beside))
      const alike = same.length > 0 ? same : items.filter((item) => isAlike(item, beside))
      return alike.length > 0
        ? alike
        : [...(own === undefined ? [] : [own]), ...items.filter((item) => item !== own)]
    })
  }
  return candidates.find((candidate) => isScalar(candidate, value))
}

function fieldExactly(
  map: KustomizationValue & { readonly kind: 'map' },
  name: string,
): KustomizationValue | undefined {
  return map.entries().find(({ key }) => key === name)?.value
}

/** Whether a value contains everything that is given. */
function isPartOf(given: KustomizationValue, value: Value | undefined): boolean {
  const pending: [KustomizationValue, Value | undefined][] = [[given, value]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, other] = next
    if (node.kind === 'map') {
      for (const entry of node.entries()) pending.push([entry.value, member(other, entry.key)])
    } else if (node.kind === 'list') {
      for (const [index, item] of node.items().entries()) pending.push([item, inside(other, index)])
    } else if (other === undefined || !isScalar(node, other)) return false
  }
  return true
}

function isAlike(item: KustomizationValue, other: Value | undefined): boolean {
  if (item.kind !== 'map') return false
  return ITEM_KEYS.some((key) => {
    const given = fieldExactly(item, key)
    const value = member(other, key)
    return given !== undefined && value !== undefined && isScalar(given, value)
  })
}

function isScalar(node: KustomizationValue, value: unknown): boolean {
  if (node.kind === 'map' || node.kind === 'list') return false
  if (node.kind === 'null') return value === null || value === ''
  if (node.text === String(value)) return true
  if (node.kind === 'number') return Number(node.text) === Number(value)
  return (
    node.kind === 'flag' && typeof value === 'boolean' && /^(?:y|yes|true|on)$/iu.test(node.text) === value
  )
}

function textOf(value: KustomizationValue | undefined): string {
  return value?.kind === 'text' ? value.text : ''
}

type FieldSetter = (step: BuildStep, root: TracedRoot, question: Question) => Position | undefined

/** For each field of a kustomization that is no patch: the position that sets a value, if the field sets it. */
const FIELD_SETTERS: Partial<Record<BuildStep['field'], FieldSetter>> = {
  namespace: ({ value: given, position }, _root, { path, value }) =>
    (path.at(-1) === 'namespace' || isName(path)) && isScalar(given, value) ? position : undefined,
  namePrefix: ({ value: given, position }, _root, { path, value }) =>
    isName(path) && String(value).startsWith(textOf(given)) ? position : undefined,
  nameSuffix: ({ value: given, position }, _root, { path, value }) =>
    isName(path) && String(value).includes(textOf(given)) ? position : undefined,
  commonLabels: ({ value: given }, root, question) => findPair(given, root, question),
  labels: ({ value: given }, root, question) => {
    const pairs = fieldOf(given, 'pairs')
    return pairs === undefined ? undefined : findPair(pairs, root, question)
  },
  commonAnnotations: ({ value: given }, root, question) => findPair(given, root, question),
  replicas: ({ value: given }, root, { path, value }) => {
    const count = fieldOf(given, 'count')
    return path.at(-1) === 'replicas' && count !== undefined && isScalar(count, value)
      ? root.locate(count.at)
      : undefined
  },
  images: findImage,
}

function isName(path: Path): boolean {
  return path.length === 2 && path[0] === 'metadata' && path[1] === 'name'
}

function findPair(
  pairs: KustomizationValue,
  root: TracedRoot,
  { path, value }: Question,
): Position | undefined {
  const found = fieldOf(pairs, String(path.at(-1)))
  return found !== undefined && isScalar(found, value) ? root.locate(found.at) : undefined
}

/** The position of the tag, digest or name in an entry of `images` that changed the image. */
function findImage(
  { value: given }: BuildStep,
  root: TracedRoot,
  { path, value, before }: Question,
): Position | undefined {
  if (path.at(-1) !== 'image' || typeof value !== 'string' || typeof before !== 'string') return undefined
  const made = applyImage(given, before)
  if (made === undefined || made === before) return undefined
  const fields = ['digest', 'newTag', 'newName'].flatMap((name) => fieldOf(given, name) ?? [])
  const field = fields.find((candidate) => value.includes(textOf(candidate)))
  return field === undefined ? undefined : root.locate(field.at)
}
