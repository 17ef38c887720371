import { isSecretKind, Redacted, type Resource, type Value } from '@overlay-render/golden'
import { effectsOf, type ResourceOrigin, type TracedResource } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { TracedRender } from '../pipeline.ts'
import { CopiedValues } from './copied-values.ts'
import { type Explanation, type ExplainedValue, MAX_EXPLAINED, type ResourceStep } from './explanation.ts'
import { findResource } from './find-resource.ts'
import { findValues, formatPath } from './find-values.ts'
import { traceGenerated } from './generated-origin.ts'
import { StagedSources } from './staged-sources.ts'
import { describeStep, followResource, type Moment, momentsOf } from './timeline.ts'
import { makeToUser, type ToUser } from './user-positions.ts'
import { retrace } from './retrace.ts'
import { type Path, scalarsOf, type Traced, tracedAt, type TracedScalar } from './traced-value.ts'

/** What an explanation needs besides the traced render. */
export interface ExplainContext {
  /** The overlay's folder. */
  readonly folder: string
  /** Most values to explain for a path; `MAX_EXPLAINED` when absent. */
  readonly most?: number | undefined
  readonly shown: (path: string) => string
}

/**
 * Explains where a resource of a traced render comes from and which steps touched it; with a path, which steps set each value.
 *
 * @throws RenderFault `resource-unknown`, `resource-ambiguous`, `path-invalid` or `path-unknown`
 */
export function explainResource(
  render: TracedRender,
  given: string,
  path: string | undefined,
  context: ExplainContext,
): Explanation {
  const { rendered, trace } = render
  const { most = MAX_EXPLAINED } = context
  const resource = findResource(rendered.resources, given, rendered.overlay)
  const { traced, moments, tree, sources, toUser } = followed(render, resource, context)
  const places = path === undefined ? [] : findValues(resource, tree, path)
  const values = places.flatMap((place) => explainPlace(tree, place, isSecretKind(resource.id.kind)))
  return {
    overlay: rendered.overlay,
    resource: resource.id,
    steps: traced === undefined ? [] : stepsOf(traced, moments, { render, sources, tree, toUser }),
    values: values.slice(0, most),
    more: Math.max(0, values.length - most),
    doubt: trace.doubt,
  }
}

/**
 * The position at which a patch set the value at a place and everything below it. Undefined when something else set part of it, or
 * when the trace is incomplete.
 */
export function patchedAt(
  render: TracedRender,
  resource: Resource,
  place: Path,
  context: ExplainContext,
): Position | undefined {
  if (render.trace.doubt !== undefined) return undefined
  const found = tracedAt(followed(render, resource, context).tree, place)
  const events = found === undefined ? [] : Array.from(scalarsOf(found), ({ scalar }) => scalar.events.at(-1))
  const isPatched = events.every((event) => event?.step.kind === 'patch' || event?.step.kind === 'component')
  return isPatched ? events[0]?.position : undefined
}

interface Followed {
  readonly traced: TracedResource | undefined
  readonly moments: readonly Moment[]
  readonly tree: Traced
  readonly sources: StagedSources
  readonly toUser: ToUser
}

/** A resource and its history. */
function followed(
  render: TracedRender,
  resource: Resource,
  context: ExplainContext,
  above: readonly Resource[] = [],
): Followed {
  const { rendered, trace } = render
  const traced = trace.resources[rendered.resources.indexOf(resource)]
  const sources = new StagedSources(render.stage, context.folder, context.shown)
  const toUser = makeToUser(render.inputs.graph, sources)
  if (traced === undefined || trace.doubt !== undefined) {
    const tree = retrace(undefined, resource.value, () => undefined)
    return { traced, moments: [], tree, sources, toUser }
  }
  const moments = momentsOf(trace, traced)
  const copied = new CopiedValues({
    render,
    sources,
    toUser,
    // An object that takes a value from one that takes values from it is followed once.
    treeOf: (other) =>
      above.includes(other) ? undefined : followed(render, other, context, [...above, resource]).tree,
  })
  const tree = followResource(originTree(traced, render, sources, toUser), moments, { toUser, copied })
  return { traced, moments, tree, sources, toUser }
}

/** The resource before the first step of the build. */
function originTree(
  { origins }: TracedResource,
  { inputs: { graph }, trace }: TracedRender,
  sources: StagedSources,
  toUser: ToUser,
): Traced | undefined {
  let tree: Traced | undefined
  for (const origin of origins) {
    const root = trace.roots.find(({ path }) => path === origin.root)
    const made =
      origin.kind === 'document'
        ? documentAt(sources, origin)
        : root && traceGenerated(origin, { graph, sources, locate: (at) => toUser(root.locate(at)) })
    tree = tree === undefined || made === undefined ? (made ?? tree) : merged(tree, made)
  }
  return tree
}

/** The document of a file that starts at an offset, or the last one before it. */
function documentAt(
  sources: StagedSources,
  { real, at }: ResourceOrigin & { readonly kind: 'document' },
): Traced | undefined {
  return sources.documents(real).findLast((document) => document.at <= at)?.traced
}

/** A generator with `behavior: merge`: its data replaces existing keys. */
function merged(below: Traced, above: Traced): Traced {
  if (below.kind !== 'map' || above.kind !== 'map') return above
  const data = [below, above].flatMap(({ entries }) => {
    const found = entries.get('data')
    return found?.kind === 'map' ? [...found.entries] : []
  })
  return {
    kind: 'map',
    entries: new Map([...below.entries, ['data', { kind: 'map', entries: new Map(data) }]]),
  }
}

/** The scalars at and below a place. For a text that is a YAML file, the scalars of that file. */
function explainPlace(tree: Traced, place: Path, isSecret: boolean): ExplainedValue[] {
  const found = tracedAt(tree, place)
  if (found === undefined) return []
  return [...scalarsOf(found)].map(({ path, scalar }) => explainScalar([...place, ...path], scalar, isSecret))
}

function explainScalar(path: Path, { value, events }: TracedScalar, isSecret: boolean): ExplainedValue {
  const hides = isSecret && (path[0] === 'data' || path[0] === 'stringData')
  const shown = (given: Value): Value => (hides ? new Redacted('', '(secret)') : given)
  return {
    path: formatPath(path),
    value: shown(value),
    steps: events.map(({ step, position, value: then }) => ({ step, position, value: shown(then) })),
  }
}

interface StepContext {
  readonly render: TracedRender
  readonly sources: StagedSources
  readonly tree: Traced
  readonly toUser: ToUser
}

/** The origin of a resource, and each step that touched it. */
function stepsOf(traced: TracedResource, moments: readonly Moment[], context: StepContext): ResourceStep[] {
  const { render, sources, tree, toUser } = context
  const begins = traced.origins.flatMap((origin): ResourceStep[] => {
    if (origin.kind === 'generator') {
      const title = `${origin.field}[${origin.index}]`
      return [
        { kind: 'generator', title, position: toUser(origin.position), file: undefined, changed: true },
        ...filesOf(origin, context),
      ]
    }
    const { step } = sources.origin(origin.real)
    const { position } = origin
    const changes = sources.steps(origin.real).filter(({ kind }) => kind !== step.kind)
    return [
      {
        ...step,
        position: step.kind === 'file' ? toUser(position) : step.position,
        file: undefined,
        changed: true,
      },
      ...changes.map((change) => ({ ...change, file: undefined, changed: undefined })),
    ]
  })
  const titles = new Set(
    [...scalarsOf(tree)].flatMap(({ scalar }) => scalar.events.map(({ step }) => step.title)),
  )
  const passed = moments.flatMap((moment): ResourceStep[] => {
    if (moment.kind === 'state') return []
    const { step, root } = moment
    const described = describeStep(step, root, toUser)
    if (step.patch === undefined) {
      return titles.has(described.title) ? [{ ...described, file: undefined, changed: true }] : []
    }
    const { file } = step.patch
    const place = file === undefined ? undefined : toUser({ file: file.shown, line: 1, column: 1 })
    return [{ ...described, file: place, changed: changedBy(step, traced, render) }]
  })
  return [...begins, ...passed]
}

/** The files of a generator, and the steps that made each of them. */
function filesOf(origin: ResourceOrigin, { render, sources }: StepContext): ResourceStep[] {
  const entry = render.inputs.graph.generators.find(
    ({ root, position }) =>
      root === origin.root &&
      position.line === origin.position.line &&
      position.column === origin.position.column,
  )
  return (entry?.sources ?? []).flatMap(({ real }) => {
    const { step } = sources.origin(real)
    const made = sources.steps(real).filter(({ title }) => title !== step.title)
    return [step, ...made].map((file) => ({ ...file, file: undefined, changed: true }))
  })
}

function changedBy(
  step: Parameters<typeof effectsOf>[1],
  traced: TracedResource,
  { trace }: TracedRender,
): boolean | undefined {
  const effect = effectsOf(trace, step).find(({ resource }) => resource === traced)
  if (effect === undefined) return undefined
  const known = [...effect.before].filter(([section]) => effect.after.has(section))
  if (known.some(([section, text]) => effect.after.get(section) !== text)) return true
  return known.length === effect.before.size ? false : undefined
}
