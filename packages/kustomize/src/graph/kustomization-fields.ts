import { hasBehaviour } from '../versions/behaviours.ts'
import { helmChart, oldHelmChart } from './chart-fields.ts'
import type { Fields, FieldsShape, Shape } from './field-shape.ts'
import type { InputRole } from './input-graph.ts'
import { fieldOf, itemsOf } from './value-fields.ts'
import type { Value } from './yaml-value.ts'

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

/**
 * The fields of a kustomization, like in kustomize's own types, and which of them refer to files. `since` and `until` are the versions
 * that added and removed a field, verified with the real binaries (`test/versions.test.ts`). kustomize rejects unknown fields at any
 * depth. Files are read in the order of these fields.
 */
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
