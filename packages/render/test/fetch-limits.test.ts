import { randomBytes } from 'node:crypto'

import { fetchCommit, fetchRemote, makeTemporaryFolder } from '@overlay-render/system'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type RemoteServer, startRemoteServer } from './remote-server.ts'

// What a malicious or broken server may send. The limits are small here, so that the tests are fast.

let server: RemoteServer

beforeAll(async () => {
  server = await startRemoteServer()
})
afterAll(() => server.close())

interface Limits {
  readonly timeout?: number
  readonly maxBytes?: number
  readonly hosts?: readonly string[]
}

const limits = ({ timeout = 60_000, maxBytes = 100_000, hosts }: Limits = {}) => ({
  timeout,
  maxBytes,
  hosts,
  loopback: { certificateFile: server.certificateFile },
})

const get = async (path: string, some?: Limits): Promise<unknown> =>
  fetchRemote(new URL(path, server.url), limits(some)).catch((error: unknown) => error)

test('an answer that sends one byte at a time without end reaches the time limit', async () => {
  server.endless.set('/drip', 1)
  expect(await get('/drip', { timeout: 500 })).toMatchObject({
    code: 'remote-failed',
    message: expect.stringContaining('it timed out'),
  })
})

test('an answer without end is read no further than the limit', async () => {
  server.endless.set('/flood', 64 * 1024)
  expect(await get('/flood')).toMatchObject({
    code: 'remote-failed',
    message: expect.stringContaining('larger than 100000 bytes'),
  })
})

test('a redirect to a host that is not allowed is not followed', async () => {
  const elsewhere = server.url.replace('127.0.0.1', 'localhost')
  server.files.set('/elsewhere', `-> ${elsewhere}/x`)
  const before = server.asked.length
  expect(await get('/elsewhere', { hosts: ['127.0.0.1'] })).toMatchObject({
    code: 'remote-refused',
    message: expect.stringContaining('localhost is not in vendor.allow'),
  })
  expect(server.asked.length).toBe(before + 1)
})

const TOO_LARGE: readonly (readonly [what: string, content: Buffer | string, says: RegExp])[] = [
  [
    'a repository whose pack is larger than the limit',
    randomBytes(400_000),
    /it is larger than 100000 bytes/u,
  ],
  [
    'a file that unpacks to more than the limit',
    '\n'.repeat(4_000_000),
    /one of its files is larger than 100000 bytes/u,
  ],
]

test.for(TOO_LARGE)('%s is not read', async ([what, content, says]) => {
  const name = what.replaceAll(/\W/gu, '-')
  server.commit(name, { 'kustomization.yaml': 'resources: []\n', large: content.toString('latin1') })
  const folder = await makeTemporaryFolder('limits')
  try {
    const url = new URL(`${server.url}/${name}.git`)
    await expect(fetchCommit(url, 'main', { ...limits(), folder: folder.path })).rejects.toThrow(says)
  } finally {
    await folder.dispose()
  }
})
