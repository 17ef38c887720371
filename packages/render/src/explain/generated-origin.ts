import {
  fieldOf,
  type InputGraph,
  itemsOf,
  type KustomizationValue,
  type ResourceOrigin,
} from '@overlay-render/kustomize'
import { type Position, positionAt } from '@overlay-render/system'

import type { StagedSources } from './staged-sources.ts'
import type { ExplainStep, Traced, TracedMap, TracedScalar } from './traced-value.ts'

type GeneratorOrigin = ResourceOrigin & { readonly kind: 'generator' }

/** The object that a generator makes, each value traced to its literal, file or line of an env file. */
export function traceGenerated(
  origin: GeneratorOrigin,
  {
    graph,
    sources,
    locate,
  }: { graph: InputGraph; sources: StagedSources; locate: (offset: number) => Position },
): TracedMap {
  const step: ExplainStep = { kind: 'generator', title: titleOf(origin), position: locate(origin.value.at) }
  const scalar = (value: string, position: Position): TracedScalar => ({
    kind: 'scalar',
    value,
    events: [{ step, position, value }],
  })
  const field = (name: string): TracedScalar | undefined => {
    const given = fieldOf(origin.value, name)
    return given?.kind === 'text' ? scalar(given.text, locate(given.at)) : undefined
  }
  const data = new Map<string, Traced>()
  for (const { key, value, at } of literalsOf(origin.value)) data.set(key, scalar(value, locate(at)))
  const entry = graph.generators.find(
    ({ root, position }) =>
      root === origin.root &&
      position.line === origin.position.line &&
      position.column === origin.position.column,
  )
  for (const { form, key, real, path } of entry?.sources ?? []) {
    const { position, step: fileStep } = sources.origin(real)
    const text = sources.text(real)
    if (form === 'file' && key !== undefined) {
      const events = [{ step: fileStep, position, value: text }]
      data.set(key, { kind: 'scalar', value: text, events, file: () => onlyDocument(sources, real) })
    } else {
      for (const line of text.matchAll(/^([^=#\n]+)=(.*)$/gmu)) {
        const [, name = '', value = ''] = line
        data.set(name, scalar(value, positionAt(position.file || path, text, line.index + name.length + 1)))
      }
    }
  }
  const metadata = ['name', 'namespace'].flatMap((name) => {
    const given = field(name)
    return given === undefined ? [] : [[name, given] as const]
  })
  const type = field('type')
  return {
    kind: 'map',
    entries: new Map<string, Traced>([
      ['apiVersion', scalar('v1', locate(origin.value.at))],
      ['kind', scalar(origin.field === 'secretGenerator' ? 'Secret' : 'ConfigMap', locate(origin.value.at))],
      ['metadata', { kind: 'map', entries: new Map(metadata) }],
      ['data', { kind: 'map', entries: data }],
      ...(type === undefined ? [] : [['type', type] as const]),
    ]),
  }
}

function titleOf({ field, index }: GeneratorOrigin): string {
  return `${field}[${index}]`
}

function onlyDocument(sources: StagedSources, real: string): Traced | undefined {
  const [first, second] = sources.documents(real)
  return second === undefined && first?.traced.kind !== 'scalar' ? first?.traced : undefined
}

function* literalsOf(
  entry: KustomizationValue,
): Generator<{ readonly key: string; readonly value: string; readonly at: number }> {
  for (const literal of itemsOf(fieldOf(entry, 'literals'))) {
    if (literal.kind !== 'text') continue
    const equals = literal.text.indexOf('=')
    const value = literal.text.slice(equals + 1).replace(/^(["'])([^]*)\1$/u, '$2')
    yield { key: literal.text.slice(0, equals), value, at: literal.at }
  }
}
