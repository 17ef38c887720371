import { expect, test } from 'vitest'

import { readProwCheck, repositoryChecklist } from '../src/index.ts'
import { fileOf } from './support/read-tree.ts'

const input = readProwCheck({
  config: fileOf(
    'config.yaml',
    'tide: {queries: [{repos: [o/all]}]}\nbranch-protection: {orgs: {o: {repos: {all: {protect: true}}}}}\n',
  ),
  plugins: fileOf(
    'plugins.yaml',
    'plugins: {o: {plugins: [trigger]}, o/all: {plugins: [lgtm, approve]}}\nexternal_plugins: {o/all: [{name: x}]}\n',
  ),
  jobs: [fileOf('jobs.yaml', 'presubmits: {o/all: [{name: a, spec: {containers: [{image: i}]}}]}\n')],
})

test('a repository that is in every file has an empty checklist', () => {
  expect(repositoryChecklist(input, 'o/all').filter(({ done }) => !done)).toEqual([])
})

test('the checklist of a new repository says what is missing, and where to add it', () => {
  const missing = repositoryChecklist(input, 'o/new').filter(({ done }) => !done)
  expect(missing.map(({ step }) => step)).toEqual([
    'jobs',
    'plugin lgtm',
    'plugin approve',
    'external plugins',
    'tide',
    'branch protection',
  ])
  expect(missing[4]?.hint).toBe('add o/new to a query of tide in config.yaml')
})
