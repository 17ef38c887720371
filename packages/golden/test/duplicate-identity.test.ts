import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { diffManifests, duplicateFindings, formatDiff, GoldenStore, parseManifests } from '../src/index.ts'

function role(name: string, ...verbs: readonly string[]): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: ${name}
  namespace: prow
rules:
- apiGroups: [""]
  resources: [pods]
  verbs: [${verbs.join(', ')}]
`
}

function secret(value: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  token: ${value}\n`
}

const read = (...documents: readonly string[]) =>
  parseManifests(documents.join('---\n'), { file: 'manifests.yaml' })

const [GET, LIST, WATCH] = [role('sinker', 'get'), role('sinker', 'get', 'list'), role('sinker', 'watch')]

test('a different duplicate is an error at its line that lists the differing paths', () => {
  expect(duplicateFindings(read(GET, role('other', 'get'), LIST))).toEqual([
    {
      rule: 'duplicate-identity',
      severity: 'error',
      message:
        'Role prow/sinker (rbac.authorization.k8s.io/v1) is defined twice: the second differs in rules[resources=pods].verbs[1]',
      position: { file: 'manifests.yaml', line: 21, column: 1 },
      object: 'Role prow/sinker (rbac.authorization.k8s.io/v1)',
      hint: 'the first is on line 1, and the last one applied wins: remove or rename all but one',
    },
  ])
})

test('each further duplicate is a finding, and an identical one is a warning', () => {
  const found = duplicateFindings(read(GET, LIST, GET))
  expect(found.map(({ severity }) => severity)).toEqual(['error', 'warning'])
  expect(found[1]?.message).toContain('is defined 3 times: the third is identical')
})

test('findings do not show values of a Secret', () => {
  const found = duplicateFindings(read(secret('hunter22'), secret('hunter33')))
  expect(found[0]?.message).toContain('stringData.token')
  expect(JSON.stringify(found)).not.toContain('hunter')
})

test.each([
  ['nothing changed', [GET, LIST], [GET, LIST], [], 2],
  ['they swapped places', [GET, LIST], [LIST, GET], [], 2],
  ['the second changed', [GET, LIST], [GET, WATCH], ['changed'], 1],
  ['both changed', [GET, LIST], [WATCH, role('sinker', 'list')], ['changed', 'changed'], 0],
  ['the first is gone', [GET, LIST], [LIST], ['removed'], 1],
  ['one is new', [GET], [LIST, GET], ['added'], 1],
  ['all are gone', [GET, LIST], [], ['removed', 'removed'], 0],
  ['three with the same text', [GET, GET, GET], [GET, GET], ['removed'], 2],
])('duplicates are compared in their order: %s', (_, before, after, kinds, unchanged) => {
  const diff = diffManifests(read(...before), read(...after))
  expect(diff.resources.map(({ kind }) => kind).toSorted()).toEqual(kinds)
  expect(diff.unchanged).toBe(unchanged)
  for (const format of ['text', 'json', 'markdown', 'html', 'junit'] as const)
    expect(formatDiff(diff, format)).not.toBe('')
})

test('if one side has more duplicates, the most similar ones are compared', () => {
  const [first, second] = [
    role('sinker', 'get', 'list', 'watch'),
    role('sinker', 'create', 'delete', 'patch'),
  ]
  const diff = diffManifests(read(first, second), read(role('sinker', 'create', 'delete', 'update')))
  expect(diff.resources.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'removed'])
  const changed = diff.resources.find(({ kind }) => kind === 'changed')
  expect(changed?.before).toMatchObject({ rules: [{ verbs: ['create', 'delete', 'patch'] }] })
})

test.each(['file', 'resources'] as const)('a golden in layout %s holds all duplicates', async (layout) => {
  const store = new GoldenStore(mkdtempSync(join(tmpdir(), 'duplicates-')), { layout })
  const manifests = read(GET, LIST, LIST, role('other', 'get'))
  await store.update('prow', manifests)
  expect((await store.read('prow'))?.resources.map(({ text }) => text).toSorted()).toEqual(
    manifests.resources.map(({ text }) => text).toSorted(),
  )
  expect((await store.check('prow', manifests)).differs).toBe(false)
  expect((await store.update('prow', manifests)).written).toEqual([])
  expect((await store.check('prow', read(GET, WATCH, LIST, role('other', 'get')))).differs).toBe(true)
})
