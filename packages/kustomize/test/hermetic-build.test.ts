import { spawnSync } from 'node:child_process'
import { chmod, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { diskView, Tree } from '@overlay-render/system'

import { buildKustomize, type Kustomize, KustomizeFault, walkInputs } from '../src/index.ts'
import { allKustomizes, has5, kustomize4, kustomize5 } from './oracles.ts'
import { makeTree, removeTrees } from './scratch-tree.ts'

const canIsolate = spawnSync('/usr/bin/unshare', ['-rn', 'true']).status === 0
const CM = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'

let binaries: Kustomize[]
beforeAll(async () => {
  binaries = await allKustomizes()
})
afterAll(removeTrees)

async function failureOf(work: Promise<unknown>): Promise<Error> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (outcome instanceof Error) return outcome
  throw new Error('it was built')
}

/** A program instead of kustomize. */
async function fakeKustomize(script: string): Promise<Kustomize> {
  const path = join(await makeTree({ kustomize: `#!/bin/sh\n${script}\n` }), 'kustomize')
  await chmod(path, 0o755)
  return {
    program: 'kustomize',
    programVersion: '5.8.1',
    path,
    version: '5.8.1',
    sha256: '',
    platform: '',
    provider: 'explicit',
  }
}

describe('a build', () => {
  test('has the output of kustomize', async () => {
    const root = await makeTree({
      'kustomization.yaml': 'namePrefix: x-\nresources: [a.yaml]\n',
      'a.yaml': CM,
    })
    for (const kustomize of binaries) {
      const { manifests, warnings, duration } = await buildKustomize({ kustomize, root })
      expect(Buffer.from(manifests).toString()).toBe(
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x-a\n',
      )
      expect(warnings).toEqual([])
      expect(duration).toBeGreaterThan(0)
    }
  })

  test.skipIf(!has5)('returns the warnings of kustomize 5 (skipped: needs kustomize 5.8.1)', async () => {
    const root = await makeTree({
      'kustomization.yaml': 'commonLabels: {a: b}\nresources: [a.yaml]\n',
      'a.yaml': CM,
    })
    const { warnings } = await buildKustomize({ kustomize: await kustomize5(), root })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^'commonLabels' is deprecated/u)
  })

  test('has no environment, an empty PATH, and a current folder outside of the tree', async () => {
    const kustomize = await fakeKustomize(
      'echo "$@"; echo "pwd=$(pwd)"; echo "in=$(ls -A "$PATH" 2>&1)"; export -p',
    )
    const { manifests } = await buildKustomize({ kustomize, root: '/some/root', jobs: 64 })
    const lines = Buffer.from(manifests).toString().split('\n')
    expect(lines[0]).toBe('build --load-restrictor LoadRestrictionsRootOnly /some/root')
    expect(lines[1]).toMatch(/overlay-render-build-/u)
    const names = lines
      .flatMap((line) => /^export (\w+)/u.exec(line)?.[1] ?? [])
      .filter((name) => !/^(?:PWD|OLDPWD|SHLVL|_)$/u.test(name))
    expect(names.toSorted()).toEqual([
      'GOGC',
      'GOMAXPROCS',
      'HTTPS_PROXY',
      'HTTP_PROXY',
      'NO_PROXY',
      'PATH',
      'TMPDIR',
    ])
  })

  test.each([
    ['../x_git/base?ref=--upload-pack%3Dtouch%20OWNED'],
    ['file:///nowhere/repo?ref=--upload-pack%3Dtouch%20OWNED'],
    ['https://127.0.0.1:9/org/repo?ref=--upload-pack%3Dtouch%20OWNED'],
    ['git@127.0.0.1:org/repo.git?ref=--upload-pack%3Dtouch%20OWNED'],
  ])('runs no git, even for %s', async (name) => {
    const tree = await makeTree({
      'bin/git': '#!/bin/sh\ntouch "$(dirname "$0")/called"\n',
      'ov/kustomization.yaml': `resources: ["${name}"]\n`,
    })
    await chmod(join(tree, 'bin/git'), 0o755)
    const before = process.env['PATH']
    process.env['PATH'] = `${join(tree, 'bin')}:${before}`
    try {
      for (const kustomize of binaries) {
        const failure = await failureOf(buildKustomize({ kustomize, root: join(tree, 'ov') }))
        expect(failure).toBeInstanceOf(KustomizeFault)
      }
    } finally {
      process.env['PATH'] = before
    }
    await expect(readFile(join(tree, 'bin/called'))).rejects.toThrow('ENOENT')
  })

  test.skipIf(!canIsolate)(
    'cannot connect to localhost either (skipped: needs unshare of Linux)',
    async () => {
      const asked: string[] = []
      const server = createServer((request, response) => {
        asked.push(request.url ?? '')
        response.end('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n')
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : undefined
      const root = await makeTree({
        'kustomization.yaml': `resources: ["http://127.0.0.1:${port}/a.yaml"]\n`,
      })
      const kustomize = await kustomize4()
      try {
        expect(await failureOf(buildKustomize({ kustomize, root }))).toMatchObject({
          code: 'network-refused',
        })
        expect(asked).toEqual([])
        const { manifests } = await buildKustomize({ kustomize, root, network: true, env: {} })
        expect([manifests.length > 0, asked]).toEqual([true, ['/a.yaml']])
      } finally {
        server.close()
      }
    },
  )

  test('names a URL that could not be fetched, with its position and the reason', async () => {
    const url = 'https://user:hunter2@127.0.0.1:9/a.yaml'
    const root = await makeTree({ 'a.yaml': CM, 'kustomization.yaml': `resources:\n- a.yaml\n- ${url}\n` })
    const graph = walkInputs(root, {
      tree: new Tree(diskView, { boundary: [root] }),
      version: '4.5.4',
      allowNetwork: true,
    })
    const options = { kustomize: await kustomize4(), root, graph, network: true, env: {} }
    const failure = await failureOf(buildKustomize(options))
    expect(failure).toMatchObject({
      code: 'network-failed',
      position: { line: 3, column: 3 },
      sentence: expect.stringMatching(
        /^"https:\/\/\[hidden\]@127\.0\.0\.1:9\/a\.yaml" could not be fetched: dial tcp 127\.0\.0\.1:9: .*refused/,
      ),
    })
  })

  test('that does not end is stopped, with its child processes', async () => {
    // Found by its arguments, because a build may have its own process IDs (PID namespace).
    const sleep = `/bin/sleep 600.${process.pid}`
    const kustomize = await fakeKustomize(`${sleep} &\n${sleep} 1`)
    const failure = await failureOf(
      buildKustomize({ kustomize, root: '/r', timeout: 500, shown: () => 'overlays/x' }),
    )
    expect(failure).toMatchObject({ code: 'build-timed-out', blame: 'program' })
    expect(failure.message).toContain('overlays/x')
    await expect.poll(() => isRunning(sleep)).toBe(false)
  })

  test.skipIf(process.platform !== 'linux')(
    'whose aliases expand beyond the memory limit fails with one sentence (skipped: needs Linux)',
    async () => {
      const rows = [1, 2, 3, 4, 5, 6, 7, 8].map(
        (row) =>
          `x${row}: &x${row} [${Array(9)
            .fill(`*x${row - 1}`)
            .join(', ')}]`,
      )
      const root = await makeTree({
        'kustomization.yaml': 'resources: [a.yaml]\n',
        'a.yaml': ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nx0: &x0 [1]', ...rows, ''].join(
          '\n',
        ),
      })
      for (const kustomize of binaries) {
        const memory = 512 * 1024 * 1024
        const failure = await failureOf(
          buildKustomize({ kustomize, root, memory, shown: () => 'overlays/x' }),
        )
        expect(failure).toMatchObject({
          code: 'build-too-large',
          message: 'kustomize needed more than 512 MiB of memory for overlays/x and was stopped',
        })
      }
    },
    120_000,
  )

  test('is stopped when it is aborted', async () => {
    const kustomize = await fakeKustomize('/bin/sleep 600')
    const controller = new AbortController()
    const work = failureOf(buildKustomize({ kustomize, root: '/r', signal: controller.signal }))
    setTimeout(() => controller.abort(), 50)
    expect(await work).toMatchObject({ code: 'aborted' })
  })

  test('that crashes for an unknown reason is reported without a stack trace', async () => {
    const kustomize = await fakeKustomize(
      'echo "panic: odd" >&2; echo >&2; echo "goroutine 1 [running]:" >&2; exit 2',
    )
    const failure = await failureOf(
      buildKustomize({ kustomize, root: '/stage/o', shown: () => 'overlays/x' }),
    )
    expect(failure).toMatchObject({
      code: 'build-crashed',
      message: 'kustomize 5.8.1 crashed on overlays/x: odd',
    })
  })

  test('shows no secrets and no paths of the stage', async () => {
    const secret = 'top\nsecret-line'
    const kustomize = await fakeKustomize(
      `echo 'Error: bad secret-line at /stage/x/a.yaml and "/stage/x" ${Buffer.from(secret).toString('base64')}' >&2; exit 1`,
    )
    const failure = await failureOf(
      buildKustomize({
        kustomize,
        root: '/stage/x',
        stage: '/stage',
        secrets: [secret],
        shown: (path) => path.replace('/stage/', 'kustom/'),
      }),
    )
    expect(failure).toMatchObject({
      message: 'kustomize cannot build kustom/x: bad [hidden] at kustom/x/a.yaml and "kustom/x" [hidden]',
    })
  })
})

/** Whether a process with these arguments runs; false for a zombie process. */
function isRunning(args: string): boolean {
  return spawnSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).stdout.includes(args)
}
