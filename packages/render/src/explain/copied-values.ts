import { isList, isMap, member, type Resource, type Value } from '@overlay-render/golden'
import {
  type BuildStep,
  fieldOf,
  itemsOf,
  type KustomizationValue,
  readReplacements,
  textOf,
  type TracedRoot,
} from '@overlay-render/kustomize'

import type { TracedRender } from '../pipeline.ts'
import type { Setter } from './retrace.ts'
import type { Question } from './question.ts'
import type { SetterPlace } from './setters.ts'
import type { StagedSources } from './staged-sources.ts'
import { type Path, type Traced, tracedAt, type ValueEvent } from './traced-value.ts'
import type { ToUser } from './user-positions.ts'

interface CopyContext {
  readonly render: TracedRender
  readonly sources: StagedSources
  readonly toUser: ToUser
  /** The traced tree of another resource; undefined where following it would never end. */
  readonly treeOf: (resource: Resource) => Traced | undefined
}

/** The values that `replacements` and `vars` copy from one object to another. */
export class CopiedValues {
  readonly #context: CopyContext

  constructor(context: CopyContext) {
    this.#context = context
  }

  /** The field path of `replacements` that leads to a value, with the history of the value that it copies. */
  replacement(
    step: BuildStep,
    root: TracedRoot,
    { path, value, before, object }: Question,
  ): SetterPlace | undefined {
    if (value === before) return undefined
    const { render, sources } = this.#context
    const entries = readReplacements(step, render.inputs.graph, (real) => sources.text(real))
    for (const { value: entry, locate = root.locate } of entries) {
      const fields = itemsOf(fieldOf(entry, 'targets')).flatMap((target) =>
        itemsOf(fieldOf(target, 'fieldPaths')),
      )
      for (const field of fields) {
        const start = placesOf(object, textOf(field)).find((place) =>
          place.every((key, index) => key === path[index]),
        )
        if (start === undefined) continue
        const source = fieldOf(entry, 'source')
        const from = this.#history(source, fieldOf(source, 'fieldPath'), path.slice(start.length))
        return { position: locate(field.at), from }
      }
    }
    return undefined
  }

  /** The entry of `vars` that the value named before, with the history of the value that it copies. */
  variable({ value, before }: Question): Setter | undefined {
    if (typeof before !== 'string' || value === before) return undefined
    const names = new Set(Array.from(before.matchAll(/\$\(([^()]+)\)/gu), ([, name = '']) => name))
    const { render, toUser } = this.#context
    for (const root of render.trace.roots) {
      for (const [index, entry] of itemsOf(fieldOf(root.value, 'vars')).entries()) {
        if (!names.has(textOf(fieldOf(entry, 'name')))) continue
        const position = toUser(root.locate(entry.at))
        const field = fieldOf(fieldOf(entry, 'fieldref'), 'fieldpath')
        const from = this.#history(fieldOf(entry, 'objref'), field, [])
        return {
          step: { kind: 'field', title: `vars[${index}] of ${position.file}`, position },
          position,
          from,
        }
      }
    }
    return undefined
  }

  /** The history of the value that a field path selects in an object, which is selected by its kind and name. */
  #history(
    selector: KustomizationValue | undefined,
    field: KustomizationValue | undefined,
    rest: Path,
  ): readonly ValueEvent[] | undefined {
    const [kind, name] = ['kind', 'name'].map((key) => textOf(fieldOf(selector, key)))
    for (const resource of this.#context.render.rendered.resources) {
      if (resource.id.kind !== kind) continue
      const tree = this.#context.treeOf(resource)
      if (tree === undefined || !wasNamed(tree, name ?? '')) continue
      const [place] = placesOf(resource.value, textOf(field) || 'metadata.name')
      const found = place && tracedAt(tree, [...place, ...rest])
      if (found?.kind === 'scalar') return found.events
    }
    return undefined
  }
}

/** Whether an object has the name, or had it before a prefix, a suffix or a patch changed it. */
function wasNamed(tree: Traced, name: string): boolean {
  const found = tracedAt(tree, ['metadata', 'name'])
  return found?.kind === 'scalar' && found.events.some(({ value }) => value === name)
}

/** The places in an object that a field path of kustomize selects, such as `spec.containers.[name=first].args.0`. */
function placesOf(object: Value, fieldPath: string): Path[] {
  let places: { readonly path: Path; readonly value: Value }[] = [{ path: [], value: object }]
  for (const [step] of fieldPath.matchAll(/\[[^\]]*\]|(?:\\.|[^.\\])+/gu)) {
    const [, field, text] = /^\[([^=\]]+)=([^]*)\]$/u.exec(step) ?? []
    const key = step.replaceAll(/^\[|\]$|\\(?=.)/gu, '')
    places = places.flatMap(({ path, value }) => {
      const into = (at: string | number, inner: Value | undefined) =>
        inner === undefined ? [] : [{ path: [...path, at], value: inner }]
      if (isMap(value)) return into(key, member(value, key))
      if (!isList(value)) return []
      if (field === undefined && key !== '*') return into(Number(key), value[Number(key)])
      return value.flatMap((item, index) =>
        key === '*' || String(member(item, field ?? '')) === text ? into(index, item) : [],
      )
    })
  }
  return places.map(({ path }) => path)
}
