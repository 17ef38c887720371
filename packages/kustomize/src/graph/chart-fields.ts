import type { FieldsShape, Naming, Shape } from './field-shape.ts'

const texts: Shape = { list: 'text' }
const values: Naming = { names: 'chart-values', form: 'file', orEmpty: true }

/** An entry of `helmCharts`. */
export const helmChart: FieldsShape = {
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

/** An entry of `helmChartInflationGenerator`: the deprecated form, which kustomize converts to `helmCharts`. Fields that it does not convert (namespace, extraArgs, helmBin) have no effect. */
export const oldHelmChart: FieldsShape = {
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
