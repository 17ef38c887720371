import { formatPosition, type Position, type TreeView } from '@overlay-render/system'

import type { InputFile, InputGraph, InputRole } from '../graph/input-graph.ts'
import { fieldOf, textOf } from '../graph/value-fields.ts'
import { makeLocator, readDocuments, type Value } from '../graph/yaml-value.ts'
import type { ResourceIdentity } from './resource-id.ts'
import { objectsOf } from './object-documents.ts'

/** The inputs of a build, and the view to read them from. */
export interface BuildInputs {
  readonly graph: InputGraph
  readonly view: TreeView
}

/** The text of every file of a role, each once. Unreadable files are skipped, because the build has reported them. */
export function* textsOfRole(
  { graph, view }: BuildInputs,
  role: InputRole,
): Generator<{ readonly file: InputFile; readonly text: string }> {
  const seen = new Set<string>()
  for (const file of graph.files) {
    if (file.role !== role || seen.has(file.real)) continue
    seen.add(file.real)
    const text = readText(view, file.real)
    if (text !== undefined) yield { file, text }
  }
}

/** The text of a file; undefined when it cannot be read. */
export function readText(view: TreeView, path: string): string | undefined {
  return view.kindOf(path) === 'file' ? Buffer.from(view.readFile(path)).toString('utf8') : undefined
}

export interface FoundObject {
  readonly position: Position
  readonly namespace: string | undefined
}

/** The positions where files of `role`, and generators, define or change an object of that kind and name. */
export function findObjects(
  inputs: BuildInputs,
  wanted: ResourceIdentity,
  role: InputRole = 'resource',
): FoundObject[] {
  const found: FoundObject[] = []
  for (const { file, text } of textsOfRole(inputs, role)) {
    if (!text.includes(wanted.kind)) continue
    const locate = makeLocator(file.shown, text)
    for (const { value } of readDocuments(text)) {
      for (const object of objectsOf(value)) {
        if (!isObject(object, wanted)) continue
        const namespace = textOf(fieldOf(fieldOf(object, 'metadata'), 'namespace')) || undefined
        found.push({ position: locate(object.at), namespace })
      }
    }
  }
  if (role !== 'resource') return found
  const generators = inputs.graph.generators.filter(
    ({ kind, name }) => kind === wanted.kind && wanted.name.startsWith(name),
  )
  return [...found, ...generators.map(({ position, namespace }) => ({ position, namespace }))]
}

/** Whether `value` defines or changes the object with that kind, group and name; a prefix or suffix may have been added to the name. */
export function isObject(value: Value, { kind, group, name }: ResourceIdentity): boolean {
  if (textOf(fieldOf(value, 'kind')) !== kind) return false
  const apiVersion = textOf(fieldOf(value, 'apiVersion'))
  const givenGroup = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const given = textOf(fieldOf(fieldOf(value, 'metadata'), 'name'))
  return givenGroup === group && given !== '' && (given === name || name.includes(given))
}

/** Every line of a patch file or a kustomization that contains `text` as a whole word. */
export function findText(inputs: BuildInputs, text: string): Position[] {
  const found: Position[] = []
  for (const role of ['patch', 'kustomization'] as const) {
    for (const { file, text: content } of textsOfRole(inputs, role)) {
      const locate = makeLocator(file.shown, content)
      for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + text.length)) {
        const around = `${content[at - 1] ?? ' '}${content[at + text.length] ?? ' '}`
        if (/^[\s'":][\s'",}\\]$/u.test(around)) found.push(locate(at))
      }
    }
  }
  return found
}

/** One position becomes the fault's position; several become its details. */
export function pointTo(places: readonly Position[]): {
  readonly position?: Position
  readonly details?: readonly string[]
} {
  const [only] = places
  if (only === undefined) return {}
  return places.length === 1
    ? { position: only }
    : { details: places.map((place) => `it may be ${formatPosition(place)}`) }
}
