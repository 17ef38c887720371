import { isInlineResources } from './inline-resources.ts'
import {
  type Fields,
  type FieldsShape,
  type Naming,
  rowOf,
  type Shape,
  type SourceNaming,
} from './field-shape.ts'
import { fieldsFor, PLUGIN_SHAPES } from './kustomization-fields.ts'
import { type ChartDraft, readChart } from './read-chart.ts'
import { readGenerator } from './read-generator.ts'
import type { GeneratorDraft, InlinePlugin, Reference, ReferenceFault } from './reference.ts'
import { versionWithin } from '../versions/compare-versions.ts'
import { fieldOf, itemsOf, type TextAt, textOf, textsAt } from './value-fields.ts'
import { readDocuments, type Value } from './yaml-value.ts'

/** All references of one file. */
export interface References {
  readonly references: Reference[]
  readonly generators: GeneratorDraft[]
  readonly inlinePlugins: InlinePlugin[]
  readonly charts: ChartDraft[]
  readonly faults: ReferenceFault[]
}

function nothing(): References {
  return { references: [], generators: [], inlinePlugins: [], charts: [], faults: [] }
}

interface Listing {
  readonly found: References
  readonly version: string
  /** The settings of all charts. */
  readonly globals: Value | undefined
  /** The map with a generator's name; the generator itself when undefined. */
  readonly metadata: Value | undefined
  /** The offset for all references; their own offsets when undefined. */
  readonly place: number | undefined
}

/** All references of a kustomization, by the table of its fields. */
export function listReferences(kustomization: Value, version: string): References {
  const found = nothing()
  const globals = chartGlobals(kustomization)
  const listing = { found, version, globals, metadata: undefined, place: undefined }
  listFields(kustomization, fieldsFor(kustomization, version), listing)
  return found
}

/** The settings of all charts: `helmGlobals`, else the last deprecated entry with a folder of charts. */
function chartGlobals(kustomization: Value): Value | undefined {
  const globals = fieldOf(kustomization, 'helmGlobals')
  if (!isNothing(globals)) return globals
  const old = itemsOf(fieldOf(kustomization, 'helmChartInflationGenerator'))
  return old.findLast((entry) => textOf(fieldOf(entry, 'chartHome')) !== '')
}

/** The references of plugin configurations in `text`, from a file or inline. */
export function listPluginReferences(text: string, at: number | undefined, version: string): References {
  const found = nothing()
  for (const { value } of readDocuments(text)) {
    if (value.kind !== 'map') continue
    const fault = pluginFault(value, at)
    if (fault !== undefined) found.faults.push(fault)
    const shape = fault === undefined ? PLUGIN_SHAPES.get(textOf(fieldOf(value, 'kind'))) : undefined
    const metadata = fieldOf(value, 'metadata')
    if (shape !== undefined)
      listEntry(value, shape, '', { found, version, globals: value, metadata, place: at })
  }
  return found
}

/** The fault for an external plugin; undefined for a built-in one. */
function pluginFault(config: Value, at: number | undefined): ReferenceFault | undefined {
  const kind = textOf(fieldOf(config, 'kind'))
  const annotations = fieldOf(fieldOf(config, 'metadata'), 'annotations')
  if (
    textOf(fieldOf(config, 'apiVersion')) === 'builtin' &&
    isNothing(fieldOf(annotations, 'config.kubernetes.io/function'))
  )
    return undefined
  return {
    code: 'plugin-refused',
    message: `${kind === '' ? 'this configuration' : kind} is for an external plugin, and external plugins are not run`,
    hint: 'use transformers and generators that are built into kustomize (apiVersion: builtin)',
    at: at ?? config.at,
  }
}

function listFields(value: Value, fields: Fields, listing: Listing): void {
  for (const [name, field] of Object.entries(fields)) {
    const { shape, refused } = rowOf(field)
    const held = fieldOf(value, name)
    const [first] = itemsOf(held)
    if (
      refused !== undefined &&
      first !== undefined &&
      versionWithin(listing.version, { until: refused.until })
    ) {
      const { message, hint } = refused
      listing.found.faults.push({ code: 'chart-refused', message, hint, at: first.at })
    }
    if (held !== undefined) listShape(held, shape, { name, beside: value }, listing)
  }
}

/** The field of a value, or of its list. */
interface Place {
  readonly name: string
  /** The map that has the field. */
  readonly beside: Value
}

function listShape(value: Value, shape: Shape, place: Place, listing: Listing): void {
  if (typeof shape === 'string' || 'source' in shape) return
  if ('names' in shape) {
    if (value.kind === 'text') addNamed({ text: value.text, at: value.at }, shape, place.beside, listing)
  } else if ('list' in shape) {
    const inner = shape.list
    for (const item of itemsOf(value)) {
      if (typeof inner !== 'object' || !('names' in inner)) listShape(item, inner, place, listing)
      else for (const named of textsAt(item)) addNamed(named, inner, place.beside, listing)
    }
  } else if ('mapOf' in shape) listFields(value, shape.named ?? {}, listing)
  else listEntry(value, shape, place.name, listing)
}

function addNamed({ text, at }: TextAt, naming: Naming, beside: Value, listing: Listing): void {
  const { names: role, form, orObjects = false, orEmpty = false, besideTarget = false } = naming
  const { found } = listing
  const place = listing.place ?? at
  if (orEmpty && text === '') return
  if (orObjects && isInlineResources(text)) {
    if (role === 'plugin') found.inlinePlugins.push({ text, at: place })
    return
  }
  const targeted = besideTarget && !isNothing(fieldOf(beside, 'target'))
  found.references.push({ form, role, written: text, at: place, ...(targeted ? { targeted } : {}) })
}

/** @param list the name of the field that contains the entry */
function listEntry(
  value: Value,
  { fields, entry, needs }: FieldsShape,
  list: string,
  listing: Listing,
): void {
  const { found, version, globals, place, metadata = value } = listing
  if (needs !== undefined && isNothing(fieldOf(value, needs))) {
    const message = `an entry of ${list} must have a ${needs}`
    found.faults.push({ code: 'value-invalid', message, at: value.at })
  }
  if (entry === 'chart' || entry === 'old-chart') {
    const chart = readChart(value, { globals, place, isOld: entry === 'old-chart' })
    found.charts.push(chart)
    found.faults.push(...chart.faults)
  } else if (entry !== undefined) {
    const where = { kind: entry, metadata, version, place }
    addGenerator(readGenerator(value, sourcesOf(value, fields), where, found.faults), found)
  }
  listFields(value, fields, listing)
}

/** The sources of a generator. */
function sourcesOf(value: Value, fields: Fields): (TextAt & SourceNaming)[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const { shape } = rowOf(field)
    const held = fieldOf(value, name)
    if (typeof shape !== 'object') return []
    // A null item in a list is a file without a name; a null instead of the list is no source.
    if ('source' in shape) return textsAt(held).flatMap((at) => (at.text === '' ? [] : [{ ...at, ...shape }]))
    if (!('list' in shape) || typeof shape.list !== 'object' || !('source' in shape.list)) return []
    const { source } = shape.list
    return itemsOf(held)
      .flatMap(textsAt)
      .map((at) => ({ ...at, source }))
  })
}

function addGenerator(draft: GeneratorDraft, { generators, references }: References): void {
  generators.push(draft)
  const base = draft.kind === 'Secret' ? 'secret' : 'configmap'
  for (const { form, written, at } of draft.sources) {
    references.push({ form: 'file', role: `${base}-${form}`, written, at, generator: draft })
  }
}

function isNothing(value: Value | undefined): boolean {
  return value === undefined || value.kind === 'null'
}
