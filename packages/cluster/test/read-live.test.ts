import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { formatId } from '@overlay-render/golden'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { openKubectl, readLive } from '../src/index.ts'

let folder: string
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'read-live-')))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const forbidden = (resource: string, group: string, name: string, namespace = 'prow'): string =>
  `Error from server (Forbidden): ${resource} "${name}" is forbidden: User "guest" cannot get resource "${resource}" in API group "${group}" in the namespace "${namespace}"\n`
const object = (apiVersion: string, kind: string, name: string, namespace = 'prow') => ({
  id: { apiVersion, kind, namespace, name },
})

/** The unread objects when kubectl prints `stderr` and no object. */
async function unreadOf(stderr: string, objects: readonly ReturnType<typeof object>[]): Promise<string[]> {
  const file = join(folder, 'kubectl')
  writeFileSync(join(folder, 'stderr'), stderr)
  writeFileSync(file, `#!/bin/sh\n/bin/cat >/dev/null\n/bin/cat ${join(folder, 'stderr')} >&2\nexit 1\n`)
  chmodSync(file, 0o755)
  const kubectl = await openKubectl({ context: 'prod', kubectl: file, environment: {} })
  return (await readLive(kubectl, objects)).unread.map(({ id }) => formatId(id))
}

test.each([
  ['of another kind', object('v1', 'Service', 'tide')],
  ['of a kind whose name begins alike', object('v1', 'Secret', 'tide')],
  ['in another namespace', object('v1', 'ServiceAccount', 'tide', 'jobs')],
  ['of another group', object('example.com/v1', 'ServiceAccount', 'tide')],
])('an object %s with the same name as a forbidden one counts as missing', async (_what, other) => {
  const account = object('v1', 'ServiceAccount', 'tide')
  expect(await unreadOf(forbidden('serviceaccounts', '', 'tide'), [account, other])).toEqual([
    'ServiceAccount prow/tide',
  ])
})

test.each([
  ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'],
  ['networking.k8s.io/v1', 'Ingress', 'ingresses'],
  ['v1', 'Endpoints', 'endpoints'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings'],
  ['example.com/v1', 'Goose', 'geese'],
])('a forbidden object of %s %s is reported', async (apiVersion, kind, resource) => {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  expect(await unreadOf(forbidden(resource, group, 'a'), [object(apiVersion, kind, 'a')])).toEqual([
    `${kind} prow/a`,
  ])
})

test('a kind that is missing in one group may exist in another', async () => {
  const said = `error: resource mapping not found for name: "a" namespace: "prow" from "STDIN": no matches for kind "Job" in version "example.com/v1"\n`
  const jobs = [object('example.com/v1', 'Job', 'a'), object('batch/v1', 'Job', 'a')]
  expect(await unreadOf(said, jobs)).toHaveLength(1)
})
