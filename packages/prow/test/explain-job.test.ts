import { expect, test } from 'vitest'

import { explainJob, formatExplanation, loadProw } from '../src/index.ts'
import { generateConfiguration } from './support/generated.ts'
import { fileOf } from './support/read-tree.ts'

const prow = loadProw({
  config: fileOf(
    'config.yaml',
    `pod_namespace: jobs
decorate_all_jobs: true
plank:
  default_decoration_configs:
    "*":
      timeout: 3h
      gcs_configuration: {bucket: b}
    org:
      grace_period: 5m
`,
  ),
  jobs: [
    fileOf(
      'presets.yaml',
      `presets:
- labels: {preset-go: "true"}
  env:
  - {name: GOPROXY, value: direct}
`,
    ),
    fileOf(
      'org/repo.yaml',
      `common: &common
  cluster: build
presubmits:
  org/repo:
  - name: pull-unit
    <<: *common
    labels: {preset-go: "true"}
    decoration_config: {timeout: 1h}
    spec:
      containers:
      - image: golang
        env: [{name: A, value: "1"}]
`,
    ),
  ],
})

const originOf = (path: string): string =>
  (formatExplanation(explainJob(prow, 'pull-unit', path)).split('\n')[2] ?? '').trim()

test.each([
  ['spec.containers[0].image', 'from org/repo.yaml:11:9'],
  ['spec.containers[0].env[name=GOPROXY].value', 'from presets.yaml:4:21, the preset preset-go=true'],
  ['spec.containers.0.env.A.value', 'from org/repo.yaml:12:25'],
  ['cluster', 'from org/repo.yaml:2:3'],
  ['agent', 'from the default agent'],
  ['namespace', 'from config.yaml:1:1, pod_namespace of the Prow config'],
  ['trigger', "from made from the job's name"],
  ['decorate', 'from config.yaml:2:1, decorate_all_jobs'],
  ['decoration_config.timeout', 'from org/repo.yaml:8:25'],
  ['decoration_config.grace_period', 'from config.yaml:9:7, the defaults of the Prow config'],
  ['decoration_config.gcs_configuration.bucket', 'from config.yaml:7:27, the defaults of the Prow config'],
  ['prowjob_defaults.tenant_id', 'from the default tenant'],
])('%s is explained', (path, origin) => {
  expect(originOf(path)).toBe(origin)
})

test('an unknown job or path is an error', () => {
  expect(() => explainJob(prow, 'pull-units')).toThrow('there is no job pull-units')
  expect(() => explainJob(prow, 'pull-unit', 'spec.nothing')).toThrow('has no field spec.nothing')
})

test('every value that is not empty has an origin, in any configuration', () => {
  for (let seed = 0; seed < 40; seed++) {
    const { config, jobs } = generateConfiguration(seed)
    const loaded = loadProw({
      config: fileOf('config.yaml', config),
      jobs: Object.entries(jobs).map(([path, text]) => fileOf(path, text)),
    })
    const [first] = loaded.jobs
    const fields = first === undefined ? [] : (explainJob(loaded, first.name)[0]?.fields ?? [])
    expect(fields.some(({ path }) => path === 'agent')).toBe(true)
    expect(fields.filter(({ origin }) => origin.position === undefined && origin.via === undefined)).toEqual(
      [],
    )
  }
})
