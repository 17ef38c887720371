import { type Value } from '@overlay-render/golden'
import type { BuildStep, BuildTrace, Sections, TracedResource, TracedRoot } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { CopiedValues } from './copied-values.ts'
import { findSameSetter, findSetter } from './setters.ts'
import { retrace } from './retrace.ts'
import { parts, plainValue } from './source-documents.ts'
import type { ExplainStep, Traced, TracedMap } from './traced-value.ts'
import type { ToUser } from './user-positions.ts'

/** A step of the build, or the state of a resource between two of them. */
export type Moment =
  | { readonly kind: 'step'; readonly step: BuildStep; readonly root: TracedRoot }
  | { readonly kind: 'state'; readonly sections: Sections }

/** The history of a resource: the steps that may have changed it, and its state between them. */
export function momentsOf(trace: BuildTrace, resource: TracedResource): Moment[] {
  const roots = rootsPassed(trace, resource)
  const moments = roots.flatMap((root) => momentsIn(root, resource))
  return [...moments, { kind: 'state', sections: resource.final }]
}

/** The roots that a resource passes through: that of its origin, all above it, and the components that one of these lists. */
export function rootsPassed(trace: BuildTrace, { origins }: TracedResource): TracedRoot[] {
  const passed = new Set<string>(origins.map(({ root }) => root))
  const above: TracedRoot[] = []
  for (const root of trace.roots) {
    if (!passed.has(root.path) && !root.lists.some((path) => passed.has(path))) continue
    passed.add(root.path)
    above.push(root)
  }
  const listed = new Set(above.flatMap(({ lists }) => lists))
  return trace.roots.filter(
    (root) => passed.has(root.path) || (root.kind === 'Component' && listed.has(root.path)),
  )
}

function momentsIn(root: TracedRoot, { states }: TracedResource): Moment[] {
  const stateAt = (at: 'before' | 'after' | 'patched', step?: BuildStep): Moment[] =>
    states
      .filter(({ probe }) => probe.at === at && probe.step === step && probe.root === root.path)
      .map(({ sections }) => ({ kind: 'state', sections }))
  let isPatched = false
  const moments: Moment[] = []
  for (const step of root.steps) {
    const isEarly = step.field === 'patches' || step.field === 'patchesStrategicMerge'
    if (!isEarly && !isPatched) moments.push(...stateAt('patched'))
    isPatched ||= !isEarly
    const before = stateAt('before', step)
    if (step.patch !== undefined && before.length === 0) continue
    moments.push(...before, { kind: 'step', step, root }, ...stateAt('after', step))
  }
  return isPatched ? moments : [...moments, ...stateAt('patched')]
}

/** The fields with a single value, which need no index in a title. */
const SINGLE: ReadonlySet<BuildStep['field']> = new Set([
  'namespace',
  'namePrefix',
  'nameSuffix',
  'commonLabels',
  'commonAnnotations',
])

/** A step of a build as an explanation shows it. */
export function describeStep(step: BuildStep, root: TracedRoot, toUser: ToUser): ExplainStep {
  const position = toUser(step.position)
  const title = `${step.field}${SINGLE.has(step.field) ? '' : `[${step.index}]`} of ${position.file}`
  const kind = root.kind === 'Component' ? 'component' : step.patch === undefined ? 'field' : 'patch'
  return { kind, title, position }
}

/** What following a resource needs besides its moments. */
export interface FollowContext {
  readonly toUser: ToUser
  readonly copied: CopiedValues
}

/** The resource as a traced tree, from its origin through all moments. */
export function followResource(
  origin: Traced | undefined,
  moments: readonly Moment[],
  context: FollowContext,
): TracedMap {
  let current = new Map(origin?.kind === 'map' ? origin.entries : [])
  /** By section: the index of the moment at which the section was last compared. */
  const seen = new Map<string, number>()
  for (const [index, moment] of moments.entries()) {
    if (moment.kind === 'step') continue
    const isLast = index === moments.length - 1
    const traced: TracedMap = { kind: 'map', entries: current }
    current = new Map(current)
    if (isLast) current = new Map([...current].filter(([key]) => moment.sections.has(key)))
    for (const [section, text] of moment.sections) {
      // Only the last state shows what `images` did.
      const from = seen.get(section) ?? 0
      const steps = moments.slice(0, index).flatMap((step, at) => {
        const counts = step.kind === 'step' && (at >= from || (isLast && step.step.field === 'images'))
        return counts ? [step] : []
      })
      seen.set(section, index)
      const value = parseSection(text)
      if (value === undefined) current.delete(section)
      else current.set(section, followSection(section, value, { steps, traced, ...context }))
    }
  }
  return { kind: 'map', entries: current }
}

type StepMoment = Moment & { readonly kind: 'step' }

interface SectionContext extends FollowContext {
  readonly steps: readonly StepMoment[]
  /** The object before the steps. */
  readonly traced: TracedMap
}

function followSection(
  section: string,
  value: Value,
  { steps, traced, toUser, copied }: SectionContext,
): Traced {
  const object: Value = { [section]: value }
  const [only, second] = steps.filter(({ step }) => step.patch !== undefined)
  return retrace(
    traced.entries.get(section),
    value,
    (path, scalar, old) => {
      const question = { path, value: scalar, before: old, object, traced }
      for (const { step, root } of steps.toReversed()) {
        const found =
          step.field === 'replacements'
            ? copied.replacement(step, root, question)
            : findSetter(step, root, question)
        if (found !== undefined)
          return {
            step: describeStep(step, root, toUser),
            from: found.from,
            position: toUser(found.position),
          }
      }
      const variable = copied.variable(question)
      if (variable !== undefined) return variable
      // Only one patch ran here, so it set the value in some way.
      if (only === undefined || second !== undefined || steps.length > 1) return undefined
      return { step: describeStep(only.step, only.root, toUser), position: toUser(patchPosition(only.step)) }
    },
    [section],
    (path, scalar, old) => {
      const question = { path, value: scalar, before: old, object, traced }
      for (const { step, root } of steps.toReversed()) {
        const position = findSameSetter(step, root, question)
        if (position !== undefined)
          return { step: describeStep(step, root, toUser), position: toUser(position) }
      }
      return undefined
    },
  )
}

function patchPosition({ patch, position }: BuildStep): Position {
  return patch?.file === undefined ? position : { file: patch.file.shown, line: 1, column: 1 }
}

/** The value of a section's text; undefined for a section that does not exist. */
function parseSection(text: string): Value | undefined {
  if (text === '') return undefined
  const [node] = parts(text, 'manifests')
  const value = node === undefined ? undefined : plainValue(node)
  return typeof value === 'object' && value !== null ? Object.values(value)[0] : undefined
}
