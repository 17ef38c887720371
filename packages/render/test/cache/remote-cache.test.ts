import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { seededDraw } from '../../../../test/differential/draw.ts'
import { decodeActionResult, encodeActionResult } from '../../src/cache/remote/action-result.ts'
import { openRemoteCache } from '../../src/cache/remote/open-remote-cache.ts'
import { RenderCache } from '../../src/cache/render-cache.ts'
import { openWorkspace } from '../../src/open-workspace.ts'
import { layTree } from '../temporary-tree.ts'
import { type AnswerOverride, startCacheServer } from './cache-server.ts'
import { EditedTree } from '../random/edited-tree.ts'

interface KeyFiles {
  readonly secret: string
  readonly open: string
}

function makeKey(): KeyFiles {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const folder = layTree({
    'secret.pem': String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    'open.pem': String(publicKey.export({ type: 'spki', format: 'pem' })),
  })
  return { secret: join(folder, 'secret.pem'), open: join(folder, 'open.pem') }
}

interface Outcome {
  readonly manifests: string
  readonly hits: number
  readonly problems: readonly string[]
}

interface Run {
  readonly url: string
  readonly keyFile: string
  readonly tree?: EditedTree
  readonly secrets?: 'real' | 'stub'
  readonly timeouts?: { readonly request: number; readonly run: number } | undefined
}

/** Renders on a machine with an empty local cache. */
async function renderAfresh({ url, keyFile, tree, secrets = 'stub', timeouts }: Run): Promise<Outcome> {
  const place = tree ?? new EditedTree(seededDraw(1))
  const remote = await openRemoteCache({ url, keyFile, timeouts })
  const cache = new RenderCache({ folder: join(layTree({}), 'renders'), remote })
  const workspace = await openWorkspace(place.workspace, { kustomize: place.kustomize, cache })
  const { manifests } = await workspace.render('a', { secrets })
  cache.finish()
  const problems = cache.problems.map(({ rule, message }) => `${rule}: ${message}`)
  return { manifests: Buffer.from(manifests).toString(), hits: cache.hits, problems }
}

test('another machine uses what one machine rendered, in another folder and with the public key', async () => {
  const { url } = await startCacheServer()
  const { secret, open } = makeKey()
  const first = await renderAfresh({ url, keyFile: secret })
  expect(first).toMatchObject({ hits: 0, problems: [] })
  expect(await renderAfresh({ url, keyFile: open })).toEqual({ ...first, hits: 1 })
  expect(await renderAfresh({ url, keyFile: secret })).toEqual({ ...first, hits: 1 })
})

test('a changed tree gets no result of the old one, and after it is changed back it gets the old result', async () => {
  const { url } = await startCacheServer()
  const { secret } = makeKey()
  const tree = new EditedTree(seededDraw(1))
  const first = await renderAfresh({ url, keyFile: secret, tree })
  writeFileSync(
    join(tree.top, 'kustom/base/cm.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
  )
  const changed = await renderAfresh({ url, keyFile: secret, tree })
  expect(changed.hits).toBe(0)
  expect(changed.manifests).not.toBe(first.manifests)
  expect(await renderAfresh({ url, keyFile: secret, tree })).toEqual({ ...changed, hits: 1 })
  tree.restoreFiles()
  expect(await renderAfresh({ url, keyFile: secret, tree })).toEqual({ ...first, hits: 1 })
})

test('a client with only the public key uploads nothing', async () => {
  const { url, entries, asked } = await startCacheServer()
  expect(await renderAfresh({ url, keyFile: makeKey().open })).toMatchObject({ hits: 0, problems: [] })
  expect(asked.filter((line) => line.startsWith('PUT'))).toEqual([])
  expect(entries.size).toBe(0)
})

test('a render with real secrets sends no request to the server', async () => {
  const { url, asked } = await startCacheServer()
  await renderAfresh({ url, keyFile: makeKey().secret, secrets: 'real' })
  expect(asked).toEqual([])
})

test('nothing that is uploaded contains the path of the tree', async () => {
  const { url, entries } = await startCacheServer()
  const tree = new EditedTree(seededDraw(1))
  await renderAfresh({ url, keyFile: makeKey().secret, tree })
  expect(entries.size).toBeGreaterThan(2)
  for (const bytes of entries.values()) expect(bytes.toString('latin1')).not.toContain(tree.top.slice(0, 20))
})

test('the user and the password of the URL are sent to the server, and are in no message', async () => {
  const server = await startCacheServer()
  const { port } = new URL(server.url)
  const url = `http://me:canary%20word@127.0.0.1:${port}/any/instance`
  await renderAfresh({ url, keyFile: makeKey().secret })
  expect(server.authorizations[0]).toBe(`Basic ${Buffer.from('me:canary word').toString('base64')}`)
  expect(server.asked[0]).toMatch(/^GET \/any\/instance\/ac\/[0-9a-f]{64}$/u)
  server.override = ({ response }) => response.writeHead(500).end()
  const { problems } = await renderAfresh({ url, keyFile: makeKey().secret })
  expect(problems).toEqual([
    `remote-cache-unused: the remote cache http://127.0.0.1:${port} answers with the status 500, so it is not used in this run`,
  ])
})

/** Answers with the uploaded bytes, changed. */
const changed =
  (
    change: (bytes: Buffer, path: string) => Buffer,
    isMeant: (path: string) => boolean = () => true,
  ): AnswerOverride =>
  ({ path, bytes, response }) => {
    if (bytes === undefined) response.writeHead(404).end()
    else response.writeHead(200).end(isMeant(path) ? change(bytes, path) : bytes)
  }

const isEntry = (path: string): boolean => path.includes('/ac/')
const isContent = (path: string): boolean => path.includes('/cas/')

/** An entry with other fields and the same signature, or the other way round. */
function resigned(
  bytes: Buffer,
  change: (entry: NonNullable<ReturnType<typeof decodeActionResult>>) => object,
): Buffer {
  const entry = decodeActionResult(bytes)
  if (entry === undefined) throw new TypeError('it is not a cache entry')
  return encodeActionResult({ ...entry, ...change(entry) })
}

const FAULTY_ANSWERS: readonly (readonly [string, AnswerOverride, RegExp])[] = [
  [
    'other bytes for contents',
    changed((bytes) => Buffer.alloc(bytes.byteLength, 'x'), isContent),
    /other bytes/u,
  ],
  [
    'one bit of contents',
    changed((bytes) => Buffer.from(bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte))), isContent),
    /other bytes/u,
  ],
  ['contents that end too early', changed((bytes) => bytes.subarray(0, -1), isContent), /other bytes/u],
  [
    'entries that end too early',
    changed((bytes) => bytes.subarray(0, -1), isEntry),
    /not a cache entry|not signed/u,
  ],
  ['nothing at all for entries', changed(() => Buffer.alloc(0), isEntry), /not a cache entry/u],
  ['a page for entries', changed(() => Buffer.from('<html>Sign in</html>'), isEntry), /not a cache entry/u],
  ['noise for entries', changed(() => Buffer.alloc(3000, 0xff), isEntry), /not a cache entry/u],
  [
    'entries without a signature',
    changed((bytes) => resigned(bytes, () => ({ stdout: Buffer.alloc(0) })), isEntry),
    /not signed/u,
  ],
  [
    'another signature',
    changed((bytes) => resigned(bytes, () => ({ stdout: Buffer.alloc(64, 7) })), isEntry),
    /not signed/u,
  ],
  [
    'another record under the signature',
    changed(
      (bytes) =>
        resigned(bytes, ({ files }) => ({
          files: files.map((file) => ({ ...file, digest: '0'.repeat(64) })),
        })),
      isEntry,
    ),
    /not signed/u,
  ],
  [
    'the entry of another key',
    ({ path, bytes, entries, response }) => {
      const other = [...entries].find(([name]) => isEntry(name) && name !== path)
      if (bytes === undefined) response.writeHead(404).end()
      else response.writeHead(200).end(isEntry(path) ? other?.[1] : bytes)
    },
    /not signed/u,
  ],
  ['500', ({ response }) => response.writeHead(500).end('broken'), /status 500/u],
  ['403', ({ response }) => response.writeHead(403).end(), /status 403/u],
  [
    'a redirect',
    ({ path, response }) => response.writeHead(302, { location: path.replace('/ac/', '/cas/') }).end(),
    /status 302/u,
  ],
  [
    'another protocol',
    ({ request }) =>
      request.socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    /does not answer/u,
  ],
  [
    'interim answers alone',
    ({ request: { socket } }) => {
      const drip = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 10)
      socket.once('close', () => clearInterval(drip))
    },
    /takes too long/u,
  ],
  ['no HTTP', ({ request }) => request.socket.end('SSH-2.0-OpenSSH\r\n'), /does not answer/u],
  ['a closed connection', ({ request }) => request.socket.destroy(), /does not answer/u],
  [
    'half of what it promised',
    ({ response }) => {
      response.writeHead(200, { 'content-length': 1000 })
      response.write('half')
      response.socket?.end()
    },
    /does not answer/u,
  ],
  [
    'entries without end',
    ({ response }) => {
      response.writeHead(200)
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) continue
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    },
    /larger than/u,
  ],
  ['no answer', () => undefined, /takes too long/u],
  [
    'a byte now and then',
    ({ response }) => {
      response.writeHead(200, { 'content-length': 50_000 })
      const drip = setInterval(() => response.write('x'), 10)
      response.once('close', () => clearInterval(drip))
    },
    /takes too long/u,
  ],
]

describe('a server that answers with', () => {
  test.each(FAULTY_ANSWERS)(
    '%s causes one warning, gets no further requests, and changes no output',
    async (_name, override, problem) => {
      const server = await startCacheServer()
      const { secret, open } = makeKey()
      const expected = await renderAfresh({ url: server.url, keyFile: secret })
      server.override = override
      server.asked.length = 0
      const timeouts = /takes too long/u.test(problem.source) ? { request: 300, run: 1000 } : undefined
      const found = await renderAfresh({ url: server.url, keyFile: open, timeouts })
      expect(found.manifests).toBe(expected.manifests)
      expect(found.problems).toEqual([expect.stringMatching(problem)])
      expect(found.hits).toBe(0)
      // Contents are requested in parallel; after the first failure nothing more is.
      expect(server.asked.length).toBeLessThan(12)
    },
  )

  test('entries that another key signed: they are never requested', async () => {
    const { url } = await startCacheServer()
    const expected = await renderAfresh({ url, keyFile: makeKey().secret })
    expect(await renderAfresh({ url, keyFile: makeKey().open })).toEqual(expected)
  })
})

test('a server that is slow with each answer is given up when the time limit of a run is reached', async () => {
  const server = await startCacheServer()
  const { secret, open } = makeKey()
  const expected = await renderAfresh({ url: server.url, keyFile: secret })
  server.override = ({ bytes, response }) => {
    setTimeout(
      () => (bytes === undefined ? response.writeHead(404).end() : response.writeHead(200).end(bytes)),
      60,
    )
  }
  const found = await renderAfresh({
    url: server.url,
    keyFile: open,
    timeouts: { request: 60_000, run: 100 },
  })
  expect(found).toEqual({ ...expected, problems: [expect.stringMatching(/takes too long/u)] })
})

test.each<readonly [string, AnswerOverride]>([
  ['500', ({ response }) => response.writeHead(500).end()],
  ['403', ({ response }) => response.writeHead(403).end()],
  ['a closed connection', ({ request }) => request.socket.destroy()],
  ['no answer', () => undefined],
])('an empty server that answers an upload with %s: one warning', async (_name, refuse) => {
  const server = await startCacheServer()
  server.override = (given) =>
    given.request.method === 'PUT' ? refuse(given) : given.response.writeHead(404).end()
  const timeouts = { request: 2000, run: 4000 }
  const found = await renderAfresh({ url: server.url, keyFile: makeKey().secret, timeouts })
  expect(found).toMatchObject({ hits: 0, problems: [expect.stringMatching(/^remote-cache-unused/u)] })
  expect(found.manifests).toContain('kind: ConfigMap')
  expect(server.asked.filter((line) => line.startsWith('PUT /ac/'))).toEqual([])
})

test('no server listens: one warning', async () => {
  const found = await renderAfresh({ url: 'http://127.0.0.1:1', keyFile: makeKey().open })
  expect(found).toMatchObject({
    hits: 0,
    problems: [
      expect.stringMatching(/: the remote cache http:\/\/127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/u),
    ],
  })
})

test('contents that the server has lost are uploaded again', async () => {
  const server = await startCacheServer()
  const { secret } = makeKey()
  const expected = await renderAfresh({ url: server.url, keyFile: secret })
  for (const lost of [...server.entries.keys()].filter(isContent)) {
    const bytes = server.entries.get(lost)
    server.entries.delete(lost)
    expect(await renderAfresh({ url: server.url, keyFile: secret })).toEqual(expected)
    expect(server.entries.get(lost)).toEqual(bytes)
  }
})

test('a key file in the rendered tree is not used: a commit could have put it there', async () => {
  const { url, asked } = await startCacheServer()
  const { open } = makeKey()
  const tree = new EditedTree(seededDraw(1))
  const inTree = join(tree.workspace, 'key.pem')
  writeFileSync(inTree, readFileSync(open))
  const found = await renderAfresh({ url, keyFile: inTree, tree })
  expect(found.problems).toEqual([expect.stringMatching(/a commit can write/u)])
  expect(asked).toEqual([])
})

test('a workspace cannot name a server: a pull request could', async () => {
  const { open } = makeKey()
  const server = await startCacheServer()
  for (const name of ['cache', 'remoteCache', 'remote-cache']) {
    const settings = `${name}: {url: ${JSON.stringify(server.url)}, key: ${JSON.stringify(open)}}`
    const workspace = layTree({ 'overlay-render.yaml': `version: 1\n${settings}\n` })
    await expect(openWorkspace(workspace)).rejects.toMatchObject({ code: 'workspace-config-invalid' })
  }
  expect(server.asked).toEqual([])
})

test.each([
  ['me:canary%20word', 'me:canary word'],
  [':canary', ':canary'],
  ['me', 'me:'],
  ['me:100%', 'me:100%'],
])('the user and the password of %s are sent', async (written, sent) => {
  const server = await startCacheServer()
  const url = server.url.replace('http://', `http://${written}@`)
  const { problems } = await renderAfresh({ url, keyFile: makeKey().open })
  expect(problems).toEqual([])
  expect(server.authorizations[0]).toBe(`Basic ${Buffer.from(sent).toString('base64')}`)
})

test('invalid settings are refused, and no message shows a secret of them', async () => {
  const { open } = makeKey()
  const folder = layTree({
    'rsa.pem': '',
    'no.pem': 'canary',
    'broken.pem': '-----BEGIN PRIVATE KEY-----\ncanary\n',
  })
  writeFileSync(
    join(folder, 'rsa.pem'),
    generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
  )
  const settings = [
    { url: 'nonsense:canary', keyFile: open },
    { url: 'file:///canary', keyFile: open },
    { url: 'http://a:canary@host', keyFile: undefined },
    { url: 'http://host/?token=canary', keyFile: open },
    { url: 'http://host/#canary', keyFile: open },
    { url: 'http://host', keyFile: join(folder, 'absent.pem') },
    ...['rsa.pem', 'no.pem', 'broken.pem'].map((name) => ({
      url: 'http://host',
      keyFile: join(folder, name),
    })),
  ]
  for (const given of settings) {
    const refused = await openRemoteCache(given).catch((error: unknown) => error)
    expect(refused).toMatchObject({ blame: 'input' })
    expect(String(refused)).not.toContain('canary')
  }
})

test('random bytes are never decoded as an entry with an invalid digest', () => {
  const entry = {
    files: [{ path: 'record', digest: 'a'.repeat(64), bytes: 300 }],
    stdout: Buffer.alloc(64, 1),
  }
  const bytes = encodeActionResult(entry)
  expect(decodeActionResult(bytes)).toMatchObject({ files: entry.files })
  const draw = seededDraw(9)
  for (let round = 0; round < 5000; round++) {
    const noise = Buffer.from(bytes)
    for (let count = 1 + draw.below(4); count > 0; count--)
      noise[draw.below(noise.byteLength)] = draw.below(256)
    const found = decodeActionResult(noise.subarray(0, draw.below(noise.byteLength + 1)))
    for (const { digest } of found?.files ?? []) expect(digest).toMatch(/^[0-9a-f]{64}$/u)
  }
})
