import { hasBehaviour } from '../versions/behaviours.ts'
import type { InputRole } from './input-graph.ts'
import { fieldOf, itemsOf } from './value-fields.ts'
import type { Value } from './yaml-value.ts'

/**
 * The fields of a kustomization, like in kustomize's own types, and which of them refer to files. `since` and `until` are the versions
 * that added and removed a field, verified with the real binaries (`test/versions.test.ts`). kustomize rejects unknown fields at any depth.
 */
export type Shape =
  | 'text'
  | 'flag'
  | 'number'
  | 'any'
  | Naming
  | SourceNaming
  | { readonly list: Shape }
  | { readonly mapOf: Shape; readonly named?: Fields }
  | FieldsShape

/** Text that refers to a file or a folder. */
export interface Naming {
  readonly names: InputRole
  readonly form: NamedForm
  /** Whether inline YAML objects are allowed instead. */
  readonly orObjects?: boolean
  /** Whether empty text is allowed. */
  readonly orEmpty?: boolean
  /** Whether a sibling `target` decides if an empty file is valid. */
  readonly besideTarget?: boolean
}

/** What kustomize tries for a reference: only a file; a file, then a folder, then git; or a folder, then git. */
export type NamedForm = 'file' | 'file-or-folder' | 'folder'

/** Text that refers to a generator's source: `path` or `key=path`, or a file of `key=value` lines. */
export interface SourceNaming {
  readonly source: 'file' | 'env'
}

export interface FieldsShape {
  readonly fields: Fields
  /** The kind of the whole entry. */
  readonly entry?: EntryKind
  /** A required field. */
  readonly needs?: string
}

export type EntryKind = 'ConfigMap' | 'Secret' | 'chart' | 'old-chart'

export type Fields = Readonly<Record<string, Shape | VersionedField>>

export interface VersionedField {
  readonly shape: Shape
  readonly since?: string
  readonly until?: string
  /** Why entries of this field are rejected before the version `until`. */
  readonly refused?: { readonly until: string; readonly message: string; readonly hint: string }
}

/** A field with its versions and restrictions. */
export function rowOf(field: Shape | VersionedField): VersionedField {
  return typeof field === 'object' && 'shape' in field ? field : { shape: field }
}

const texts: Shape = { list: 'text' }
const files = (names: InputRole): Shape => ({ list: { names, form: 'file' } })
const plugins: Shape = { list: { names: 'plugin', form: 'file-or-folder', orObjects: true } }
const textMap: Shape = { mapOf: 'text' }

const identity: Fields = { group: 'text', version: 'text', kind: 'text', name: 'text', namespace: 'text' }
const selector: Shape = { fields: { ...identity, annotationSelector: 'text', labelSelector: 'text' } }

const fieldSpec: Shape = {
  fields: { group: 'text', version: 'text', kind: 'text', path: 'text', create: 'flag' },
}

const patch: Fields = {
  path: { names: 'patch', form: 'file', besideTarget: true },
  patch: 'text',
  target: selector,
  options: { shape: { mapOf: 'flag' }, since: '4.1.0' },
}

const strategicPatches: Shape = { list: { names: 'patch', form: 'file', orObjects: true } }

const generatorOptions: Shape = {
  fields: {
    labels: textMap,
    annotations: textMap,
    disableNameSuffixHash: 'flag',
    immutable: { shape: 'flag', since: '4.1.0' },
  },
}

const configMap: Fields = {
  name: 'text',
  namespace: 'text',
  behavior: 'text',
  literals: texts,
  files: { list: { source: 'file' } },
  envs: { list: { source: 'env' } },
  env: { shape: { source: 'env' }, since: '4.0.0' },
  options: generatorOptions,
}

const image: Shape = {
  fields: {
    name: 'text',
    newName: 'text',
    newTag: 'text',
    digest: 'text',
    tagSuffix: { shape: 'text', since: '4.5.5' },
  },
}

const fieldOptions: Shape = {
  fields: { delimiter: 'text', index: 'number', encoding: 'text', create: 'flag' },
}

const replacement: Shape = {
  fields: {
    path: { names: 'replacement', form: 'file' },
    source: { fields: { ...identity, fieldPath: 'text', options: fieldOptions } },
    sourceValue: { shape: 'text', since: '5.7.0' },
    targets: {
      list: {
        fields: { select: selector, reject: { list: selector }, fieldPaths: texts, options: fieldOptions },
      },
    },
  },
}

const label: Shape = {
  fields: {
    pairs: textMap,
    includeSelectors: 'flag',
    includeTemplates: { shape: 'flag', since: '4.5.5' },
    fields: { list: fieldSpec },
  },
}

const metadata: Shape = { fields: { name: 'text', namespace: 'text', labels: textMap, annotations: textMap } }

const inventory: Shape = {
  fields: { type: 'text', configMap: { fields: { name: 'text', namespace: 'text' } } },
}

const sortOptions: Shape = {
  fields: { order: 'text', legacySortOptions: { fields: { orderFirst: texts, orderLast: texts } } },
}

const values: Naming = { names: 'chart-values', form: 'file', orEmpty: true }

const helmChart: FieldsShape = {
  entry: 'chart',
  fields: {
    name: 'text',
    version: 'text',
    repo: 'text',
    releaseName: 'text',
    namespace: 'text',
    valuesFile: values,
    additionalValuesFiles: { shape: { list: values }, since: '5.0.0' },
    valuesInline: { mapOf: 'any' },
    valuesMerge: 'text',
    includeCRDs: { shape: 'flag', since: '4.2.0' },
    skipHooks: { shape: 'flag', since: '5.0.0' },
    apiVersions: { shape: texts, since: '5.0.0' },
    kubeVersion: { shape: 'text', since: '5.3.0' },
    nameTemplate: { shape: 'text', since: '5.0.0' },
    skipTests: { shape: 'flag', since: '5.0.0' },
    debug: { shape: 'flag', since: '5.5.0' },
    devel: { shape: 'flag', since: '5.7.0' },
  },
}

/** The deprecated form, which kustomize converts to `helmCharts`. Fields that it does not convert (namespace, extraArgs, helmBin) have no effect. */
const oldHelmChart: FieldsShape = {
  entry: 'old-chart',
  fields: {
    chartName: 'text',
    chartVersion: 'text',
    chartRepoUrl: 'text',
    chartHome: 'text',
    chartRepoName: { shape: 'text', since: '4.1.0' },
    chartRelease: { shape: 'text', until: '4.1.0' },
    helmBin: 'text',
    helmHome: 'text',
    values,
    valuesLocal: { shape: { mapOf: 'any' }, since: '3.9.0' },
    valuesMerge: { shape: 'text', since: '3.9.0' },
    releaseName: 'text',
    releaseNamespace: 'text',
    extraArgs: { shape: texts, since: '3.9.0' },
  },
}

/** The fields of a kustomization. Files are read in the order of these fields. */
export const KUSTOMIZATION_FIELDS: Fields = {
  apiVersion: 'text',
  kind: 'text',
  metadata,
  resources: { list: { names: 'resource', form: 'file-or-folder' } },
  bases: { list: { names: 'resource', form: 'file-or-folder' } },
  components: { list: { names: 'resource', form: 'folder' } },
  configurations: files('configuration'),
  crds: files('crd'),
  openapi: {
    shape: { mapOf: 'text', named: { path: { names: 'openapi', form: 'file' } } },
    since: '3.9.0',
  },
  configMapGenerator: { list: { fields: configMap, entry: 'ConfigMap' } },
  secretGenerator: { list: { fields: { ...configMap, type: 'text' }, entry: 'Secret' } },
  generators: plugins,
  transformers: plugins,
  validators: plugins,
  patches: { list: { fields: patch } },
  patchesStrategicMerge: strategicPatches,
  patchesJson6902: {
    list: { fields: { ...patch, path: { names: 'patch', form: 'file' } }, needs: 'target' },
  },
  replacements: { shape: { list: replacement }, since: '4.1.0' },
  helmCharts: { shape: { list: helmChart }, since: '4.1.0' },
  helmGlobals: { shape: { fields: { chartHome: 'text', configHome: 'text' } }, since: '4.1.0' },
  helmChartInflationGenerator: {
    shape: { list: oldHelmChart },
    refused: {
      until: '4.1.0',
      message: 'kustomize before 4.1.0 runs helm for helmChartInflationGenerator, which is not supported',
      hint: 'pin kustomize 4.1.0 or a later version',
    },
  },
  namePrefix: 'text',
  nameSuffix: 'text',
  namespace: 'text',
  commonLabels: textMap,
  commonAnnotations: textMap,
  labels: { shape: { list: label }, since: '4.1.0' },
  images: { list: image },
  imageTags: { list: image },
  replicas: { list: { fields: { name: 'text', count: 'number' } } },
  vars: {
    list: {
      fields: {
        name: 'text',
        objref: { fields: { apiVersion: 'text', ...identity } },
        fieldref: { fields: { fieldPath: 'text' } },
      },
    },
  },
  sortOptions: { shape: sortOptions, since: '5.0.0' },
  generatorOptions,
  buildMetadata: { shape: texts, since: '4.3.0' },
  inventory: { shape: inventory, until: '5.0.0' },
}

/**
 * The fields of this kustomization: in kustomize 4 `patches` has its old meaning if any entry is text.
 */
export function fieldsFor(kustomization: Value, version: string): Fields {
  const isLegacy = isLegacyPatches(itemsOf(fieldOf(kustomization, 'patches')), version)
  return isLegacy ? { ...KUSTOMIZATION_FIELDS, patches: strategicPatches } : KUSTOMIZATION_FIELDS
}

/** Whether `patches` has a text entry and the version reads it as `patchesStrategicMerge`. */
export function isLegacyPatches(patches: readonly Value[], version: string): boolean {
  return hasBehaviour(version, 'patches-take-paths') && patches.some(({ kind }) => kind === 'text')
}

/** The fields with file references in configurations of kustomize's built-in plugins, by kind; other fields are allowed. */
export const PLUGIN_SHAPES: ReadonlyMap<string, FieldsShape> = new Map<string, FieldsShape>([
  ['PatchTransformer', { fields: { path: { names: 'patch', form: 'file' } } }],
  ['PatchJson6902Transformer', { fields: { path: { names: 'patch', form: 'file' } } }],
  ['PatchStrategicMergeTransformer', { fields: { paths: strategicPatches } }],
  ['ReplacementTransformer', { fields: { replacements: { list: replacement } } }],
  // kustomize ignores `env` here.
  ...(['ConfigMap', 'Secret'] as const).map((kind): [string, FieldsShape] => [
    `${kind}Generator`,
    { fields: { ...configMap, env: 'text' }, entry: kind },
  ]),
  ['HelmChartInflationGenerator', helmChart],
])

/** kustomize's two kinds, and the required apiVersion of each, if present. */
export const KINDS: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize.config.k8s.io/v1beta1',
  Component: 'kustomize.config.k8s.io/v1alpha1',
}

/** The names of a kustomization file, in the order in which kustomize tries them. Exactly one must load. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const
