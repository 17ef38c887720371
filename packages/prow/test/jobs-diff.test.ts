import { describe, expect, test } from 'vitest'

import {
  countChanged,
  diffJobs,
  formatJobsDiff,
  isJobsFormat,
  JOBS_FORMATS,
  type JobsDiff,
  loadProw,
} from '../src/index.ts'
import { generateConfiguration } from './support/generated.ts'
import { fileOf } from './support/read-tree.ts'

const names = { before: 'old', after: 'new' }

function diff(before: string, after: string): JobsDiff {
  return diffJobs(
    loadProw({ jobs: [fileOf('jobs.yaml', before)] }),
    loadProw({ jobs: [fileOf('jobs.yaml', after)] }),
    names,
  )
}

/** A file of presubmits for org/repo. */
function presubmits(
  ...jobs: readonly { name: string; image?: string; env?: string; branch?: string; script?: string }[]
): string {
  const items = jobs.map(({ name, image = 'image', env, branch, script = 'make test' }) =>
    [
      `  - name: ${name}`,
      '    always_run: true',
      ...(branch === undefined ? [] : [`    branches: [${branch}]`]),
      '    spec:',
      '      containers:',
      `      - image: ${image}`,
      '        command: ["/bin/sh", "-c"]',
      '        args:',
      '        - |',
      ...script.split('\n').map((line) => `          ${line}`),
      ...(env === undefined ? [] : ['        env:', `        - {name: X, value: "${env}"}`]),
    ].join('\n'),
  )
  return `presubmits:\n  org/repo:\n${items.join('\n')}\n`
}

describe('matching jobs', () => {
  test('a job of the new side only is added, one of the old side only is removed', () => {
    const found = diff(
      presubmits({ name: 'a' }, { name: 'b', image: 'other', script: 'x\ny\nz' }),
      presubmits({ name: 'a' }),
    )
    expect(found.removed.map(({ name }) => name)).toEqual(['b'])
    expect(
      diff(presubmits({ name: 'a' }), presubmits({ name: 'a' }, { name: 'constructor', script: 'q' })).added,
    ).toHaveLength(1)
  })

  test('a job of which only the name changed is renamed, without other changes', () => {
    const found = diff(
      presubmits({ name: 'pull-unit' }, { name: 'a', script: 'x' }),
      presubmits({ name: 'a', script: 'x' }, { name: 'pull-unit-test' }),
    )
    expect(
      found.renamed.map(({ before, after, changes }) => [before.name, after.name, changes.length]),
    ).toEqual([['pull-unit', 'pull-unit-test', 0]])
    expect(countChanged(found)).toBe(1)
  })

  test('jobs with the same name are matched by their branches', () => {
    const both = [
      { name: 'a', branch: 'release-1', image: 'x' },
      { name: 'a', branch: 'release-2', image: 'y' },
    ]
    const found = diff(presubmits(...both), presubmits(...both.toReversed()))
    expect(countChanged(found)).toBe(0)
  })

  test('changed branches are a change of the job', () => {
    const found = diff(
      presubmits({ name: 'a', branch: 'main' }),
      presubmits({ name: 'a', branch: 'release-1' }),
    )
    expect(found.changed.map(({ jobs, changes }) => [jobs.length, changes.length])).toEqual([[1, 1]])
  })
})

describe('a report', () => {
  test('shows equal changes once, with the number of jobs', () => {
    const list = ['a', 'b', 'c'].map((name) => ({ name }))
    const found = diff(presubmits(...list), presubmits(...list.map((job) => ({ ...job, env: '1' }))))
    expect(found.changed).toHaveLength(1)
    const text = formatJobsDiff(found, 'text')
    expect(text).toContain('3 of 3 jobs change: 3 changed')
    expect(text).toContain('~ 3 jobs\n    spec.containers[0] (image).env')
  })

  test('of a refactoring shows no changed job, and counts the jobs that are written differently', () => {
    const found = diff(
      'periodics:\n- {name: a, interval: 1h, agent: kubernetes, cluster: default}\n',
      'periodics:\n- name: a\n  interval: 1h\n',
    )
    expect(formatJobsDiff(found, 'text')).toBe(
      'old → new: 0 of 1 jobs change; 1 more is written differently to the same effect\n',
    )
  })

  test('compares scripts as text, and shows the changes within lines', () => {
    const found = diff(
      presubmits({ name: 'a', script: 'set -e\nmake functional-test TARGET=old\necho done' }),
      presubmits({ name: 'a', script: 'set -e\nmake functional-test TARGET=new\necho done' }),
    )
    const text = formatJobsDiff(found, 'text')
    expect(text).toContain('~ make functional-test TARGET=[-old-]{+new+}')
    expect(text).toContain('  echo done')
    expect(formatJobsDiff(found, 'html')).toContain('TARGET=<del>old</del><ins>new</ins>')
    expect(formatJobsDiff(found, 'markdown')).toContain('! make functional-test TARGET=[-old-]{+new+}')
    const json: unknown = JSON.parse(formatJobsDiff(found, 'json'))
    expect(json).toMatchObject({
      counts: { changed: 1 },
      changed: [{ jobs: [{ name: 'a', repo: 'org/repo' }] }],
    })
  })

  test('escapes markup and control characters of jobs', () => {
    const found = diff(
      'periodics:\n- {name: a, cron: "<b>"}\n',
      'periodics:\n- {name: a, cron: "<script>\\u001b[31m"}\n',
    )
    expect(formatJobsDiff(found, 'html')).not.toContain('<script>')
    expect(formatJobsDiff(found, 'text')).not.toContain('\u001B')
  })
})

test('a generated configuration compared with itself has no difference', () => {
  for (let seed = 0; seed < 60; seed++) {
    const { config, jobs } = generateConfiguration(seed)
    const load = () =>
      loadProw({
        config: fileOf('config.yaml', config),
        jobs: Object.entries(jobs).map(([path, text]) => fileOf(path, text)),
      })
    const found = diffJobs(load(), load(), names)
    expect([countChanged(found), found.rewritten]).toEqual([0, 0])
  }
})

test('every format works for a diff of generated configurations', () => {
  const one = generateConfiguration(3)
  const other = generateConfiguration(4)
  const [a, b] = [one, other].map(({ jobs }) =>
    loadProw({ jobs: Object.entries(jobs).map(([path, text]) => fileOf(path, text)) }),
  )
  const found = a === undefined || b === undefined ? undefined : diffJobs(a, b, names)
  const reports = JOBS_FORMATS.filter(isJobsFormat).map((format) =>
    found === undefined ? '' : formatJobsDiff(found, format),
  )
  expect(reports.every((report) => report.endsWith('\n') && report.length > 20)).toBe(true)
})
