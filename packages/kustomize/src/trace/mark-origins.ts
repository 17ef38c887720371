import type { InputFile } from '../graph/input-graph.ts'
import { fieldOf, itemsOf, textOf } from '../graph/value-fields.ts'
import { makeLocator, readDocuments, type Value } from '../graph/yaml-value.ts'
import type { TracedRoot } from './build-steps.ts'
import type { ResourceOrigin } from './origins.ts'
import { printFlow } from './print-flow.ts'
import { ORIGIN_KEY } from './probes.ts'

/** Adds a key with the origin's number to every object of a resource file, and the objects to `origins`. */
export function markDocuments(
  { real, shown, root }: InputFile,
  text: string,
  origins: ResourceOrigin[],
): string {
  const locate = makeLocator(shown, text)
  const inserted: { readonly at: number; readonly text: string }[] = []
  for (const { value: document, fault } of readDocuments(text)) {
    if (fault !== undefined) break
    for (const object of objectsOf(document)) {
      if (object.kind !== 'map' || object.entries().length === 0) continue
      const position = locate(object.at)
      const key = `${ORIGIN_KEY}${origins.length}`
      origins.push({ kind: 'document', root, real, shown, at: object.at, position })
      if (text[object.at] === '{') inserted.push({ at: object.at + 1, text: `"${key}": "", ` })
      else inserted.push({ at: object.at, text: `${key}: ""\n${' '.repeat(position.column - 1)}` })
    }
  }
  return inserted.reduceRight(
    (marked, mark) => marked.slice(0, mark.at) + mark.text + marked.slice(mark.at),
    text,
  )
}

/** A document is an object or a list of them. */
function objectsOf(document: Value): readonly Value[] {
  const items = itemsOf(fieldOf(document, 'items'))
  return textOf(fieldOf(document, 'kind')).endsWith('List') && items.length > 0 ? items : [document]
}

/** Adds an annotation with the origin's number to an entry of a generator, and the entry to `origins`. */
export function markGenerator(
  entry: Value,
  field: string,
  root: TracedRoot,
  origins: ResourceOrigin[],
): string {
  const annotation = `{"${ORIGIN_KEY}${origins.length}": ""`
  origins.push({
    kind: 'generator',
    root: root.path,
    field: field === 'secretGenerator' ? 'secretGenerator' : 'configMapGenerator',
    index: origins.filter(
      (origin) => origin.kind === 'generator' && origin.root === root.path && origin.field === field,
    ).length,
    value: entry,
    position: root.locate(entry.at),
  })
  const options = fieldOf(entry, 'options')
  const annotations = inside(fieldOf(options, 'annotations'))
  const rest = without(options, 'annotations')
  const marked = `"options": {${[...rest, `"annotations": ${annotation}${annotations === '' ? '' : `, ${annotations}`}}`].join(', ')}}`
  return `{${[...without(entry, 'options'), marked].join(', ')}}`
}

function without(map: Value | undefined, field: string): string[] {
  const entries = map?.kind === 'map' ? map.entries() : []
  return entries
    .filter(({ key }) => key.toLowerCase() !== field)
    .map(({ key, value }) => `${JSON.stringify(key)}: ${printFlow(value)}`)
}

function inside(map: Value | undefined): string {
  return without(map, '').join(', ')
}
