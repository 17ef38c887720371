import { describe, expect, test } from 'vitest'

import { checkProw, diffJobs, loadProw, readProwCheck, repositoryOf } from '../src/index.ts'
import { fileOf } from './support/read-tree.ts'

const SPEC = 'spec: {containers: [{image: i, command: [make]}]}'
const GOOD = `periodics:\n- {name: good, interval: 1h, ${SPEC}}\n`

test('every file that is not YAML is reported, and the others are checked', () => {
  const { jobs, findings } = loadProw({
    jobs: [
      fileOf('a.yaml', 'presubmits: [unclosed'),
      fileOf('b.yaml', 'x: "open'),
      { path: 'c.yaml', bytes: Buffer.from([0x61, 0x3a, 0x20, 0xff]) },
      fileOf('good.yaml', GOOD),
    ],
  })
  expect(jobs.map(({ name }) => name)).toEqual(['good'])
  const broken = findings.filter(({ rule }) => rule === 'not-yaml')
  expect(broken.map(({ position }) => position?.file)).toEqual(['a.yaml', 'b.yaml', 'c.yaml'])
})

test.each([
  ['a text', 'hello'],
  ['a list', '- a\n- b'],
  ['nothing', ''],
  ['a comment', '# nothing\n'],
  ['null', '~'],
  ['jobs that are a text', 'presubmits: later'],
  ['a repository that is a text', 'presubmits: {o/r: later}'],
  ['a job that is a text', 'presubmits: {o/r: [later]}'],
  ['a job of nothing', 'presubmits: {o/r: [~]}'],
  [
    'names of JavaScript',
    'presubmits: {__proto__: [{name: constructor, labels: {__proto__: "1", constructor: "2"}}]}',
  ],
])('%s as a job file gives findings, not an exception', (_, text) => {
  const input = readProwCheck({ jobs: [fileOf('a.yaml', text), fileOf('good.yaml', GOOD)] })
  expect(() => checkProw(input)).not.toThrow()
  expect(input.prow.jobs.some(({ name }) => name === 'good')).toBe(true)
})

test('names of inherited JavaScript properties are ordinary names', () => {
  const { jobs } = loadProw({
    jobs: [
      fileOf(
        'a.yaml',
        `presubmits:\n  __proto__:\n  - {name: constructor, labels: {__proto__: "1"}, ${SPEC}}\n`,
      ),
    ],
  })
  const [job] = jobs
  expect([job?.repo, job?.name]).toEqual(['__proto__', 'constructor'])
  expect(Object.keys(job?.job['labels'] ?? {})).toEqual(['__proto__'])
})

test('an alias within its own anchor is a finding, and the rest is checked', () => {
  const { jobs, findings } = loadProw({
    jobs: [fileOf('a.yaml', 'periodics: &p\n- {name: a, spec: *p}\n'), fileOf('good.yaml', GOOD)],
  })
  expect(findings.map(({ rule, message }) => [rule, message])).toContainEqual([
    'not-yaml',
    'the anchor &p contains itself',
  ])
  expect(jobs.map(({ name }) => name)).toEqual(['good'])
})

test('aliases that multiply are refused, as go-yaml does', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
  for (let level = 1; level < 9; level++) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]`)
  }
  const text = `${lines.join('\n')}\nperiodics:\n- {name: a, interval: 1h, pipeline_run_spec: *a8}\n`
  const { findings } = loadProw({ jobs: [fileOf('a.yaml', text)] })
  expect(findings.map(({ message }) => message)).toContain('the document consists of too many aliases')
})

test('ten thousand levels of nesting are read', () => {
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
  const text = `periodics:\n- {name: a, interval: 1h, agent: tekton-pipeline, pipeline_run_spec: {x: ${deep}}}\n`
  const load = () => loadProw({ jobs: [fileOf('a.yaml', text)] })
  expect(() => checkProw(readProwCheck({ jobs: [fileOf('a.yaml', text)] }))).not.toThrow()
  expect(diffJobs(load(), load(), { before: 'a', after: 'b' }).changedJobs).toBe(0)
})

test('a job file of 10 MB is loaded and checked', () => {
  const filler = 'echo this line makes the script long, as scripts are\n            '.repeat(16)
  const job = (index: number): string =>
    `  - name: job-${index}\n    always_run: true\n    spec:\n      containers:\n      - image: i\n        command: [bash, -c]\n        args:\n        - |\n            ${filler.trimEnd()}\n`
  const count = 10_500
  const text = `presubmits:\n  o/r:\n${Array.from({ length: count }, (_, index) => job(index)).join('')}`
  expect(text.length).toBeGreaterThan(10_000_000)
  const input = readProwCheck({ jobs: [fileOf('a.yaml', text)] })
  expect(input.prow.jobs).toHaveLength(count)
  expect(checkProw(input)).toEqual([])
})

test('globs and regular expressions are matched against a million files', () => {
  const files = Object.fromEntries(
    Array.from({ length: 1_000_000 }, (_, index) => [`dir${index % 1000}/file-${index}.go`, 1]),
  )
  const findings = checkProw(
    readProwCheck({
      plugins: fileOf(
        'plugins.yaml',
        'config_updater: {maps: {"jobs/**/*.yaml": {name: a}, "dir1/**/*.go": {name: b}}}',
      ),
      jobs: [
        fileOf(
          'a.yaml',
          `presubmits:\n  o/r:\n  - {name: a, run_if_changed: "(a+)+$|gone/.*|dir1/.*", ${SPEC}}\n`,
        ),
      ],
      repository: repositoryOf('o/r', files),
    }),
  )
  expect(findings.map(({ rule }) => rule)).toContain('unmatched-change')
  expect(findings.filter(({ rule }) => rule === 'config-updater').map(({ message }) => message)).toEqual([
    'jobs/**/*.yaml matches no file of o/r',
  ])
})

describe('presets', () => {
  const conflict = (own: string): string[] =>
    loadProw({
      jobs: [
        fileOf(
          'a.yaml',
          `presets:
- labels: {p: "1"}
  env: [{name: A, value: x}]
  volumes: [{name: v, emptyDir: {}}]
  volumeMounts: [{name: v, mountPath: /v}]
periodics:
- {name: a, interval: 1h, labels: {p: "1"}, spec: {containers: [{image: i}], ${own}}}
`,
        ),
      ],
    }).findings.map(({ rule }) => rule)

  test('that conflict with a job are findings', () => {
    expect(conflict('hostNetwork: true')).toEqual([])
    expect(conflict('volumes: [{name: v, emptyDir: {}}]')).toEqual(['preset-conflict'])
  })

  test('that share a label are findings', () => {
    const text = 'presets:\n- labels: {p: "1"}\n- labels: {p: "1"}\n'
    expect(loadProw({ jobs: [fileOf('a.yaml', text)] }).findings.map(({ rule }) => rule)).toEqual([
      'duplicate-preset',
    ])
  })
})

test('two files with one basename are a finding, and so is a second document in a file', () => {
  const twice = loadProw({ jobs: [fileOf('a/x.yaml', GOOD), fileOf('b/x.yaml', GOOD)] })
  expect(twice.findings.map(({ rule }) => rule)).toEqual(['duplicate-file-name'])
  const documents = loadProw({ jobs: [fileOf('a.yaml', `${GOOD}---\n${GOOD}`)] })
  expect(documents.findings.map(({ rule }) => rule)).toEqual(['further-document'])
})

test('the hint of an unknown field is a similar field', () => {
  const text = `presubmits:\n  o/r:\n  - {name: a, alwways_run: true, ${SPEC}}\n`
  const [finding] = loadProw({ jobs: [fileOf('a.yaml', text)] }).findings
  expect(finding).toMatchObject({
    rule: 'unknown-field',
    message: '"alwways_run" is not a field of a presubmit',
    position: { file: 'a.yaml', line: 3, column: 15 },
  })
  expect(finding?.hint).toContain('did you mean always_run?')
})

test('an error in a node with ten aliases is reported once', () => {
  const aliases = Array.from({ length: 10 }, () => '*wrong').join(', ')
  const text = `periodics: [&wrong [1], ${aliases}]\n`
  const check = readProwCheck({ jobs: [{ path: 'a.yaml', bytes: Buffer.from(text) }] })
  expect(checkProw(check).filter(({ rule }) => rule === 'wrong-type')).toHaveLength(1)
})
