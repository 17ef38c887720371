import { posix } from 'node:path'

import { hasBehaviour } from '../versions/behaviours.ts'
import type { InputRole } from './input-graph.ts'
import { type ChartDraft, readChart } from './read-chart.ts'
import { fieldOf, itemsOf, textOf } from './value-fields.ts'
import { readDocuments, type Value } from './yaml-value.ts'

/** A string that names something, before it is looked up. */
export interface Reference {
  /** What kustomize tries: to open a file; a file, else a folder, else git; a folder, else git. */
  readonly form: 'file' | 'file-or-folder' | 'folder'
  readonly role: InputRole
  readonly written: string
  readonly at: number
  readonly generator?: GeneratorDraft
  /** For the file of a `patches` entry with a target: empty forms of it are not taken by every version. */
  readonly targeted?: boolean
}

export interface GeneratorDraft {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly name: string
  readonly namespace: string | undefined
  readonly behavior: string | undefined
  readonly at: number
  readonly sources: readonly SourceDraft[]
  readonly literalKeys: readonly string[]
}

export interface SourceDraft {
  readonly form: 'file' | 'env'
  readonly key: string | undefined
  readonly written: string
  readonly at: number
}

/** YAML given inline where a plugin's configuration may also be a file. */
export interface InlinePlugin {
  readonly text: string
  readonly at: number
}

export interface ReferenceFault {
  readonly code: 'value-invalid' | 'chart-refused' | 'plugin-refused'
  readonly message: string
  readonly hint?: string
  readonly at: number
}

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

/** Everything that a kustomization names, field by field. */
export function listReferences(kustomization: Value, version: string): References {
  const found = nothing()
  const { references, generators, inlinePlugins, faults } = found

  for (const field of ['resources', 'bases']) {
    for (const { text, at } of textsOf(kustomization, field)) {
      references.push({ form: 'file-or-folder', role: 'resource', written: text, at })
    }
  }
  for (const { text, at } of textsOf(kustomization, 'components')) {
    references.push({ form: 'folder', role: 'resource', written: text, at })
  }
  for (const [field, role] of [
    ['configurations', 'configuration'],
    ['crds', 'crd'],
  ] as const) {
    for (const { text, at } of textsOf(kustomization, field))
      references.push({ form: 'file', role, written: text, at })
  }
  pushFile(references, 'openapi', fieldOf(fieldOf(kustomization, 'openapi'), 'path'))

  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const) {
    for (const entry of itemsOf(fieldOf(kustomization, field))) {
      addGenerator(readGenerator(entry, kind, { version, faults, withEnv: true }), generators, references)
    }
  }
  for (const field of ['generators', 'transformers', 'validators']) {
    for (const { text, at } of textsOf(kustomization, field)) {
      if (isInlineResources(text)) inlinePlugins.push({ text, at })
      else references.push({ form: 'file-or-folder', role: 'plugin', written: text, at })
    }
  }
  addPatches(kustomization, version, references)
  for (const entry of itemsOf(fieldOf(kustomization, 'patchesJson6902'))) {
    pushFile(references, 'patch', fieldOf(entry, 'path'))
    if (isNothing(fieldOf(entry, 'target'))) {
      faults.push({
        code: 'value-invalid',
        message: 'an entry of patchesJson6902 must have a target',
        at: entry.at,
      })
    }
  }
  for (const entry of itemsOf(fieldOf(kustomization, 'replacements'))) {
    pushFile(references, 'replacement', fieldOf(entry, 'path'))
  }
  for (const entry of itemsOf(fieldOf(kustomization, 'helmCharts'))) {
    addChart(readChart(entry, fieldOf(kustomization, 'helmGlobals')), found)
  }
  const [old] = itemsOf(fieldOf(kustomization, 'helmChartInflationGenerator'))
  if (old !== undefined) {
    const message = 'helmChartInflationGenerator is the old form of a chart, which is not rendered'
    faults.push({ code: 'chart-refused', message, hint: 'write it under helmCharts', at: old.at })
  }
  return found
}

function addPatches(kustomization: Value, version: string, references: Reference[]): void {
  const patches = itemsOf(fieldOf(kustomization, 'patches'))
  const strategic = [...itemsOf(fieldOf(kustomization, 'patchesStrategicMerge'))]
  // kustomize 4 takes `patches: [file.yaml]` for its older meaning as soon as one entry is text.
  if (isLegacyPatches(patches, version)) strategic.push(...patches)
  else {
    for (const entry of patches) {
      pushFile(references, 'patch', fieldOf(entry, 'path'), !isNothing(fieldOf(entry, 'target')))
    }
  }
  for (const entry of strategic) {
    if (entry.kind === 'text' && !isInlineResources(entry.text)) pushFile(references, 'patch', entry)
  }
}

/** True where `patches` holds text and the version still reads that as `patchesStrategicMerge`. */
export function isLegacyPatches(patches: readonly Value[], version: string): boolean {
  return hasBehaviour(version, 'patches-take-paths') && patches.some(({ kind }) => kind === 'text')
}

/** What the configurations of plugins name: those in `text`, which a kustomization lists or holds inline. */
export function listPluginReferences(text: string, at: number | undefined, version: string): References {
  const found = nothing()
  for (const { value } of readDocuments(text)) {
    if (value.kind === 'map') addPlugin(value, at, version, found)
  }
  return found
}

function addPlugin(config: Value, at: number | undefined, version: string, found: References): void {
  const { references, generators, faults } = found
  const kind = textOf(fieldOf(config, 'kind'))
  const place = at ?? config.at
  const annotations = fieldOf(fieldOf(config, 'metadata'), 'annotations')
  if (
    textOf(fieldOf(config, 'apiVersion')) !== 'builtin' ||
    !isNothing(fieldOf(annotations, 'config.kubernetes.io/function'))
  ) {
    faults.push({
      code: 'plugin-refused',
      message: `${kind === '' ? 'this configuration' : kind} is for a program outside kustomize, and none is run`,
      hint: 'only the transformers and generators that are built into kustomize work here (apiVersion: builtin)',
      at: place,
    })
    return
  }
  const push = (role: InputRole, value: Value | undefined): void => {
    if (value?.kind === 'text')
      references.push({ form: 'file', role, written: value.text, at: at ?? value.at })
  }
  switch (kind) {
    case 'PatchTransformer':
    case 'PatchJson6902Transformer':
      push('patch', fieldOf(config, 'path'))
      break
    case 'PatchStrategicMergeTransformer':
      for (const path of itemsOf(fieldOf(config, 'paths'))) {
        if (path.kind === 'text' && !isInlineResources(path.text)) push('patch', path)
      }
      break
    case 'ReplacementTransformer':
      for (const entry of itemsOf(fieldOf(config, 'replacements')))
        push('replacement', fieldOf(entry, 'path'))
      break
    case 'ConfigMapGenerator':
    case 'SecretGenerator': {
      const draft = readGenerator(config, kind === 'SecretGenerator' ? 'Secret' : 'ConfigMap', {
        version,
        faults,
        withEnv: false,
        at,
      })
      addGenerator(draft, generators, references)
      break
    }
    case 'HelmChartInflationGenerator':
      addChart(readChart(config, config, at), found)
      break
    default:
  }
}

function addChart({ values, faults, ...chart }: ChartDraft, found: References): void {
  found.charts.push({ ...chart, values, faults })
  found.faults.push(...faults)
  for (const { text, at } of values)
    found.references.push({ form: 'file', role: 'chart-values', written: text, at })
}

function addGenerator(draft: GeneratorDraft, generators: GeneratorDraft[], references: Reference[]): void {
  generators.push(draft)
  const base = draft.kind === 'Secret' ? 'secret' : 'configmap'
  for (const { form, written, at } of draft.sources) {
    references.push({ form: 'file', role: `${base}-${form}`, written, at, generator: draft })
  }
}

interface GeneratorContext {
  readonly version: string
  readonly faults: ReferenceFault[]
  /** False in a plugin's configuration, where kustomize ignores `env`. */
  readonly withEnv: boolean
  readonly at?: number | undefined
}

function readGenerator(
  entry: Value,
  kind: 'ConfigMap' | 'Secret',
  context: GeneratorContext,
): GeneratorDraft {
  const { faults, withEnv, version } = context
  const metadata = withEnv ? entry : (fieldOf(entry, 'metadata') ?? entry)
  const sources: SourceDraft[] = []
  const literalKeys: string[] = []
  for (const literal of textsOf(entry, 'literals')) {
    const fault = literalFault(literal.text, version)
    if (fault === undefined) literalKeys.push(literal.text.slice(0, literal.text.indexOf('=')))
    else faults.push({ code: 'value-invalid', message: fault, at: context.at ?? literal.at })
  }
  for (const { text, at } of textsOf(entry, 'files')) {
    const place = context.at ?? at
    const [key, written] = splitFileSource(text)
    if (key === '' || written === '') {
      faults.push({
        code: 'value-invalid',
        message: `"${text}" must be a path, or key=path with one "="`,
        at: place,
      })
    } else sources.push({ form: 'file', key, written, at: place })
  }
  const env = withEnv ? textsAt(fieldOf(entry, 'env')).filter(({ text }) => text !== '') : []
  const name = textOf(fieldOf(metadata, 'name'))
  if (name === '') {
    faults.push({
      code: 'value-invalid',
      message: `a generated ${kind} must have a name`,
      at: context.at ?? entry.at,
    })
  }
  const envs = [...textsOf(entry, 'envs'), ...env]
  for (const { text, at } of envs)
    sources.push({ form: 'env', key: undefined, written: text, at: context.at ?? at })
  return {
    kind,
    name,
    namespace: textOf(fieldOf(metadata, 'namespace')) || undefined,
    behavior: textOf(fieldOf(entry, 'behavior')) || undefined,
    at: context.at ?? entry.at,
    sources,
    literalKeys,
  }
}

/** The key and the path of an entry of `files`; both empty when it is neither a path nor `key=path`. */
function splitFileSource(text: string): readonly [string, string] {
  const parts = text.split('=')
  if (parts.length === 1) return [posix.basename(text), text]
  const [key = '', path = ''] = parts
  return parts.length === 2 && key !== '' && path !== '' ? [key, path] : ['', '']
}

/** What is wrong with a literal, in words that do not show its value. */
function literalFault(text: string, version: string): string | undefined {
  const equals = text.indexOf('=')
  if (equals <= 0) return 'a literal must be key=value'
  const value = text.slice(equals + 1)
  if ((value === '"' || value === "'") && hasBehaviour(version, 'lonely-quote-crashes')) {
    return `the literal "${text.slice(0, equals)}" is one quote mark, on which kustomize ${version} crashes`
  }
  return undefined
}

/** True for text that kustomize takes for resources themselves rather than for a path: only objects, or nothing. */
function isInlineResources(text: string): boolean {
  // Almost all of them are plain paths, which need no parser.
  if (/^[\w./-]+$/u.test(text)) return false
  for (const { value, fault } of readDocuments(text)) {
    if (fault !== undefined) return false
    if (value.kind === 'null') continue
    if (value.kind !== 'map' || textOf(fieldOf(value, 'kind')) === '') return false
  }
  return true
}

function pushFile(
  references: Reference[],
  role: InputRole,
  value: Value | undefined,
  targeted = false,
): void {
  if (value?.kind !== 'text') return
  references.push({
    form: 'file',
    role,
    written: value.text,
    at: value.at,
    ...(targeted ? { targeted } : {}),
  })
}

function isNothing(value: Value | undefined): boolean {
  return value === undefined || value.kind === 'null'
}

interface TextAt {
  readonly text: string
  readonly at: number
}

/** The texts of a list, where nothing (`null`) is empty text. */
function textsOf(value: Value, field: string): TextAt[] {
  return itemsOf(fieldOf(value, field)).flatMap((item) => textsAt(item))
}

function textsAt(value: Value | undefined): TextAt[] {
  if (value === undefined || (value.kind !== 'text' && value.kind !== 'null')) return []
  return [{ text: value.kind === 'text' ? value.text : '', at: value.at }]
}
