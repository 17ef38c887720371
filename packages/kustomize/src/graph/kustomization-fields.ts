/**
 * What a kustomization may hold, field by field, as kustomize's own types have it. `since` and `until` are
 * the versions in which a field appeared and was gone, as the real binaries say (`test/versions.test.ts`); kustomize refuses a field that it does not know, at any depth.
 */
export type Shape =
  | 'text'
  | 'flag'
  | 'number'
  | 'any'
  | { readonly list: Shape }
  | { readonly mapOf: Shape }
  | { readonly fields: Fields }

export type Fields = Readonly<Record<string, Shape | VersionedField>>

export interface VersionedField {
  readonly shape: Shape
  readonly since?: string
  readonly until?: string
}

const texts: Shape = { list: 'text' }
const textMap: Shape = { mapOf: 'text' }

const identity: Fields = { group: 'text', version: 'text', kind: 'text', name: 'text', namespace: 'text' }
const selector: Shape = { fields: { ...identity, annotationSelector: 'text', labelSelector: 'text' } }

const fieldSpec: Shape = {
  fields: { group: 'text', version: 'text', kind: 'text', path: 'text', create: 'flag' },
}

const patch: Shape = {
  fields: {
    path: 'text',
    patch: 'text',
    target: selector,
    options: { shape: { mapOf: 'flag' }, since: '4.1.0' },
  },
}

const generatorOptions: Shape = {
  fields: {
    labels: textMap,
    annotations: textMap,
    disableNameSuffixHash: 'flag',
    immutable: { shape: 'flag', since: '4.1.0' },
  },
}

const configMapArguments: Fields = {
  name: 'text',
  namespace: 'text',
  behavior: 'text',
  literals: texts,
  files: texts,
  envs: texts,
  env: { shape: 'text', since: '4.0.0' },
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
    path: 'text',
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

const helmChart: Shape = {
  fields: {
    name: 'text',
    version: 'text',
    repo: 'text',
    releaseName: 'text',
    namespace: 'text',
    additionalValuesFiles: { shape: texts, since: '5.0.0' },
    valuesFile: 'text',
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

export const KUSTOMIZATION_FIELDS: Fields = {
  apiVersion: 'text',
  kind: 'text',
  metadata,
  openapi: { shape: textMap, since: '3.9.0' },
  namePrefix: 'text',
  nameSuffix: 'text',
  namespace: 'text',
  commonLabels: textMap,
  commonAnnotations: textMap,
  labels: { shape: { list: label }, since: '4.1.0' },
  patchesStrategicMerge: texts,
  patchesJson6902: { list: patch },
  patches: { list: patch },
  images: { list: image },
  imageTags: { list: image },
  replacements: { shape: { list: replacement }, since: '4.1.0' },
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
  resources: texts,
  components: texts,
  crds: texts,
  bases: texts,
  configMapGenerator: { list: { fields: configMapArguments } },
  secretGenerator: { list: { fields: { ...configMapArguments, type: 'text' } } },
  helmGlobals: { shape: { fields: { chartHome: 'text', configHome: 'text' } }, since: '4.1.0' },
  helmCharts: { shape: { list: helmChart }, since: '4.1.0' },
  // Refused before anything in it matters.
  helmChartInflationGenerator: { list: 'any' },
  generatorOptions,
  configurations: texts,
  generators: texts,
  transformers: texts,
  validators: texts,
  buildMetadata: { shape: texts, since: '4.3.0' },
  inventory: { shape: inventory, until: '5.0.0' },
}

/** kustomize's two kinds and the apiVersion that each must have when it has one. */
export const KINDS: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize.config.k8s.io/v1beta1',
  Component: 'kustomize.config.k8s.io/v1alpha1',
}

/** The names of a kustomization file, in the order in which kustomize tries them. Exactly one must load. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const
