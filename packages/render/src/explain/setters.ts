import {
  type BuildStep,
  fieldOf,
  itemsOf,
  type KustomizationValue,
  type TracedRoot,
} from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'
import { member, type Value } from '@overlay-render/golden'

import { FIELD_SETTERS } from './field-setters.ts'
import type { Question } from './question.ts'
import { ITEM_KEYS, type Setter } from './retrace.ts'
import { isScalar, textOf } from './scalar-values.ts'
import { type Path, tracedAt } from './traced-value.ts'

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

/**
 * The position in a step that sets a value to what it was before: undefined when the step does not set it. What identifies an
 * object or an item of a list in a patch sets nothing.
 */
export function findSameSetter(step: BuildStep, root: TracedRoot, question: Question): Position | undefined {
  const { patch } = step
  if (patch?.form === 'objects')
    return identifies(question.path) ? undefined : findInObjects(patch, question, true)
  if (patch?.form === 'operations') {
    const found = patch.values.findLast((operation) => setsExactly(operation, question))
    const value = found && inOperation(found, question, true, true)
    return value && value !== found ? patch.locate(value.at) : undefined
  }
  return SETS_AGAIN.has(step.field) ? FIELD_SETTERS[step.field]?.(step, root, question) : undefined
}

/** Fields that set a value whatever it was. */
const SETS_AGAIN: ReadonlySet<BuildStep['field']> = new Set([
  'commonLabels',
  'labels',
  'commonAnnotations',
  'replicas',
])

function identifies(path: Path): boolean {
  const key = path.at(-1)
  const isOfObject = path.length === 1 || (path.length === 2 && path[0] === 'metadata')
  return (
    (isOfObject && /^(?:apiVersion|kind|name|namespace)$/u.test(String(key))) ||
    (typeof path.at(-2) === 'number' && ITEM_KEYS.some((field) => field === key))
  )
}

/** Whether an operation, other than one that appends an item, writes the place of a value or one above it. */
function setsExactly(operation: KustomizationValue, { path }: Question): boolean {
  const isWrite = /^(?:add|replace)$/u.test(textOf(fieldOf(operation, 'op')))
  const steps = stepsOf(textOf(fieldOf(operation, 'path')))
  return isWrite && steps.length <= path.length && steps.every((step, index) => step === String(path[index]))
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
  return descend(given, path.slice(steps.length), value, { object: now, isStrict: false })
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

/** @param isStrict whether an item of a list must have what identifies it, or all that the patch says */
function findInObjects(
  { values, locate }: Patch,
  { path, value, object }: Question,
  isStrict = false,
): Position | undefined {
  for (const patch of values) {
    const found = descend(patch, path, value, { object, isStrict })
    if (found !== undefined) return locate(found.at)
  }
  return undefined
}

/** The scalar at a path with that value. The items of a list in a patch are found by the fields that identify them. */
function descend(
  start: KustomizationValue,
  path: Path,
  value: unknown,
  { object, isStrict }: { readonly object: Value | undefined; readonly isStrict: boolean },
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
      return alike.length > 0 || isStrict
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
