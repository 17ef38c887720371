import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { type RemoteServer, startRemoteServer } from '../../packages/render/test/remote-server.ts'
import { layTree } from '../../packages/render/test/temporary-tree.ts'
import { type CommandResult, runCommand } from '../support/command.ts'

// A local server whose certificate is signed by an authority that only the user trusts.

let server: RemoteServer

beforeAll(async () => {
  server = await startRemoteServer()
  server.commit('repo', { 'kustomization.yaml': 'configMapGenerator: [{name: of-git}]\n' }, 'v1')
})
afterAll(() => server.close())

const workspace = (): string =>
  layTree({
    '.git/HEAD': '',
    'overlay-render.yaml': 'version: 1\nvendor: {allow: [127.0.0.1]}\n',
    'overlays/a/kustomization.yaml': `resources: ['${server.url}/repo.git?ref=v1']\n`,
  })

const run = async (
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CommandResult> => runCommand([...args, '-C', folder], { env })

test("git trusts the user's own certificate authority", async () => {
  const trusted = { NODE_EXTRA_CA_CERTS: server.certificateFile, GIT_SSL_CAINFO: server.certificateFile }
  const folder = workspace()
  const vendored = await run(folder, ['vendor'], trusted)
  expect(vendored).toMatchObject({ status: 0, stderr: '' })
  expect(vendored.stdout).toMatch(/^added +https:/u)
  expect(await run(folder, ['vendor', 'check'], trusted)).toMatchObject({
    status: 0,
    stdout: 'Every vendored copy matches its remote.\n',
  })
  expect((await run(folder, ['render', 'a', '--stdout'], {})).stdout).toContain('name: of-git-')
})

test('a certificate that git does not trust is an error with a hint', async () => {
  const folder = workspace()
  const empty = join(folder, 'no-authority.pem')
  writeFileSync(empty, '')
  const node = { NODE_EXTRA_CA_CERTS: server.certificateFile, GIT_SSL_CAINFO: empty }
  const { status, stderr } = await run(folder, ['vendor'], node)
  expect(stderr).toMatch(/a\/kustomization\.yaml:1:13: .*git does not trust the certificate of its server/u)
  expect(stderr).toContain('GIT_SSL_CAINFO')
  expect(status).toBe(2)
})

test('init --vendor writes the configuration, and reports why it cannot fetch', async () => {
  const folder = layTree({ '.git/HEAD': '', 'a/kustomization.yaml': `resources: ['${server.url}/a.yaml']\n` })
  const { status, stdout, stderr } = await run(folder, ['init', '--vendor'], {})
  expect(stdout).toMatch(/^a$/mu)
  expect(stderr).toContain('127.0.0.1 is an address of a private network')
  expect(stderr).toContain('overlay-render.yaml is written, and nothing is fetched')
  expect(status).toBe(2)
  expect(readFileSync(join(folder, 'overlay-render.yaml'), 'utf8')).toMatch(/^overlays:\n {2}- a$/mu)
  const again = await run(folder, ['init', '--vendor'], {})
  expect(again).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('overwrites nothing'),
  })
})
