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
  const literals = literalsOf(origin.value).map(
    ({ key, value, at }) => [key, scalar(value, locate(at))] as const,
  )
  const data = new Map([...literals, ...fileEntries(origin, graph, sources, scalar)])
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

/** The data of a generator that comes from its files and env files. @param scalar traces a line of an env file */
function* fileEntries(
  origin: GeneratorOrigin,
  graph: InputGraph,
  sources: StagedSources,
  scalar: (value: string, position: Position) => TracedScalar,
): Generator<readonly [string, TracedScalar]> {
  const entry = graph.generators.find(
    ({ root, position }) =>
      root === origin.root &&
      position.line === origin.position.line &&
      position.column === origin.position.column,
  )
  for (const { form, key, real, path } of entry?.sources ?? []) {
    const { position, step } = sources.origin(real)
    const text = sources.text(real)
    if (form === 'file' && key !== undefined) {
      const events = [{ step, position, value: text }]
      yield [key, { kind: 'scalar', value: text, events, file: () => onlyDocument(sources, real) }]
    } else {
      for (const line of text.matchAll(/^([^=#\n]+)=(.*)$/gmu)) {
        const [, name = '', value = ''] = line
        yield [name, scalar(value, positionAt(position.file || path, text, line.index + name.length + 1))]
      }
    }
  }
}

function titleOf({ field, index }: GeneratorOrigin): string {
  return `${field}[${index}]`
}

function onlyDocument(sources: StagedSources, real: string): Traced | undefined {
  const [first, second] = sources.documents(real)
  return second === undefined && first?.traced.kind !== 'scalar' ? first?.traced : undefined
}

function literalsOf(
  entry: KustomizationValue,
): { readonly key: string; readonly value: string; readonly at: number }[] {
  return itemsOf(fieldOf(entry, 'literals')).flatMap((literal) => {
    if (literal.kind !== 'text') return []
    const equals = literal.text.indexOf('=')
    const value = literal.text.slice(equals + 1).replace(/^(["'])([^]*)\1$/u, '$2')
    return [{ key: literal.text.slice(0, equals), value, at: literal.at }]
  })
}
