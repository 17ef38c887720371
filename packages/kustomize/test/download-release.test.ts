import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { createTar } from 'nanotar'
import { afterAll, describe, expect, test } from 'vitest'

import { parsePin } from '../src/index.ts'
import { downloadRelease } from '../src/provide/download-release.ts'
import { KUBECTL_RELEASES, KUSTOMIZE_RELEASES } from '../src/provide/release-digests.ts'
import { findRelease } from '../src/provide/releases.ts'
import { makeTree, removeTrees } from './scratch-tree.ts'

afterAll(removeTrees)

const pin = parsePin('5.8.1')
const program = Buffer.from('\u007fELF a program')
const archive = gzipSync(createTar([{ name: 'kustomize', data: program }]))
const url = 'https://example.com/kustomize.tar.gz'

const ZEROS = gzipSync(Buffer.alloc(8 * 1024 * 1024))

/** A `fetch` with this response, without a server. */
function answer(body: Uint8Array, { status = 200, from = url } = {}): typeof globalThis.fetch {
  return async () => {
    const response = new Response(Buffer.from(body), { status })
    Object.defineProperty(response, 'url', { value: from })
    return response
  }
}

/** 600 MiB of zeros, in gzip members of 8 MiB that are unpacked one after the other. */
const BOMB = Buffer.concat(Array.from({ length: 75 }, () => ZEROS))

const endless: typeof globalThis.fetch = async () => {
  const chunk = new Uint8Array(4 * 1024 * 1024)
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) })
  const response = new Response(body)
  Object.defineProperty(response, 'url', { value: url })
  return response
}

function releaseOf(bytes: Uint8Array, form: 'archive' | 'program' = 'archive') {
  return { url, sha256: createHash('sha256').update(bytes).digest('hex'), form }
}

describe('a published release', () => {
  test('is unpacked to the target as an executable', async () => {
    const target = join(await makeTree({}), 'store/kustomize')
    await downloadRelease(pin, releaseOf(archive), target, { fetch: answer(archive) })
    expect(await readFile(target)).toEqual(program)
    expect((await stat(target)).mode & 0o111).toBe(0o111)
  })

  test('that is the program itself is written unchanged', async () => {
    const target = join(await makeTree({}), 'kubectl')
    await downloadRelease(parsePin('1.34.2', 'kubectl'), releaseOf(program, 'program'), target, {
      fetch: answer(program),
    })
    expect(await readFile(target)).toEqual(program)
  })

  test.each<[string, typeof globalThis.fetch, Uint8Array, object]>([
    ['other bytes', answer(Buffer.from('no')), archive, { code: 'digest-differs' }],
    [
      'a response without a file',
      answer(archive, { status: 404 }),
      archive,
      { code: 'download-failed', message: expect.stringContaining('404') },
    ],
    [
      'a URL without https',
      answer(archive, { from: 'http://example.com/x' }),
      archive,
      { code: 'download-failed' },
    ],
    [
      'no network',
      () => Promise.reject(new TypeError('fetch failed', { cause: new Error('no such host') })),
      archive,
      { code: 'download-failed', message: expect.stringContaining('no such host') },
    ],
    [
      'an archive without the program',
      answer(gzipSync(createTar([{ name: 'other', data: program }]))),
      gzipSync(createTar([{ name: 'other', data: program }])),
      { code: 'download-failed' },
    ],
    [
      'an archive that unpacks to more than any program',
      answer(BOMB),
      BOMB,
      { code: 'download-failed', message: expect.stringContaining('unpacks to more than') },
    ],
    [
      'a file that is not an archive',
      answer(Buffer.from('no archive')),
      Buffer.from('no archive'),
      { code: 'download-failed', message: expect.stringContaining('is not a .tar.gz file') },
    ],
    [
      'an endless response',
      endless,
      archive,
      { code: 'download-failed', message: expect.stringContaining('is larger than') },
    ],
  ])('%s installs nothing', async (_what, fetch, published, fault) => {
    const target = join(await makeTree({}), 'kustomize')
    await expect(downloadRelease(pin, releaseOf(published), target, { fetch })).rejects.toMatchObject(fault)
    expect(existsSync(target)).toBe(false)
  })

  test('is found with its digest for each published platform', () => {
    expect(findRelease(pin, 'linux-x64')).toEqual({
      url: 'https://github.com/kubernetes-sigs/kustomize/releases/download/kustomize%2Fv5.8.1/kustomize_v5.8.1_linux_amd64.tar.gz',
      sha256: '029a7f0f4e1932c52a0476cf02a0fd855c0bb85694b82c338fc648dcb53a819d',
      form: 'archive',
    })
    expect(findRelease(parsePin('1.34.2', 'kubectl'), 'linux-arm64')).toMatchObject({
      url: 'https://dl.k8s.io/release/v1.34.2/bin/linux/arm64/kubectl',
      form: 'program',
    })
    expect(findRelease(parsePin('99.0.0'), 'linux-x64')).toBeUndefined()
    expect(findRelease(parsePin('99.0.0'), 'linux-x64', 'A'.repeat(64))).toMatchObject({
      sha256: 'a'.repeat(64),
    })
  })

  test('has a complete digest in the table', () => {
    const digests = [KUSTOMIZE_RELEASES, KUBECTL_RELEASES].flatMap((table) =>
      Object.values(table).flatMap(Object.values),
    )
    expect(digests.length).toBeGreaterThan(500)
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/u)
    expect(new Set(digests).size).toBe(digests.length)
  })

  test('has sorted versions that can be pinned, and known platform names', () => {
    const platform = /^(?:linux-(?:x64|arm64|arm|ppc64le|s390x)|(?:darwin|win32)-(?:x64|arm64))$/u
    const tables = [
      ['kustomize', KUSTOMIZE_RELEASES],
      ['kubectl', KUBECTL_RELEASES],
    ] as const
    for (const [program, table] of tables) {
      const versions = Object.keys(table)
      expect(versions).toEqual(versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })))
      for (const version of versions) {
        expect(parsePin(version, program).version).toBe(version)
        for (const name of Object.keys(table[version] ?? {})) expect(name).toMatch(platform)
      }
    }
  })
})
