import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { runCommand } from '../../../../test/support/command.ts'
import { skipReason } from '../../../../test/support/needs.ts'
import { bazelRemote, kustomize454, root } from '../../../../test/support/oracles.ts'
import { layTree } from '../temporary-tree.ts'

const missing = bazelRemote() === undefined || kustomize454() === undefined

/** A real server with the settings that it has when nothing is set. `log` is one line a request. */
async function startBazelRemote(): Promise<{ readonly url: string; readonly log: string[] }> {
  const address = `127.0.0.1:${await freePort()}`
  const folder = layTree({})
  const flags = [`--dir=${folder}`, '--max_size=1', `--http_address=${address}`, '--grpc_address=none']
  const child = spawn(bazelRemote() ?? '', flags, { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill())
  const log: string[] = []
  const ended = new Promise<never>((_resolve, reject) =>
    child.once('close', (status) =>
      reject(new Error(`bazel-remote ended with ${status}: ${log.join('\n')}`)),
    ),
  )
  ended.catch(() => undefined)
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => log.push(...text.split('\n').filter(Boolean)))
  const url = `http://${address}`
  const isUp = async (): Promise<boolean> =>
    fetch(`${url}/status`).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await Promise.race([isUp(), ended]))) await new Promise((resolve) => setTimeout(resolve, 50))
  return { url, log }
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

test.skipIf(missing)(
  `many machines share renders over a real bazel-remote, and all print the same${skipReason('bazelRemote', 'kustomize')}`,
  async () => {
    const { url, log } = await startBazelRemote()
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const keys = layTree({})
    writeFileSync(join(keys, 'secret.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
    writeFileSync(join(keys, 'open.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
    const workspace = join(root, 'overlays-fixtures/kubevirt/prow-deploy/kustom')
    const render = async (
      key: string,
    ): Promise<{ readonly status: number | null; readonly text: string; readonly said: string }> => {
      const { status, stdout, stderr } = await runCommand(
        ['-C', workspace, 'render', 'workloads', '--secrets', 'stub', '--stdout'],
        {
          env: {
            XDG_CACHE_HOME: layTree({}),
            OVERLAY_RENDER_REMOTE_CACHE: url,
            OVERLAY_RENDER_REMOTE_CACHE_KEY: join(keys, key),
          },
          cached: true,
        },
      )
      return { status, text: stdout, said: stderr }
    }
    const puts = (): number => log.filter((line) => /PUT .*\/ac\//u.test(line)).length
    const first = await Promise.all(['secret.pem', 'secret.pem', 'open.pem', 'secret.pem'].map(render))
    for (const { status, text, said } of first) {
      expect({ status, said }).toMatchObject({ status: 0 })
      expect(said).not.toMatch(/warning: the remote cache/u)
      expect(text).toBe(first[0]?.text)
    }
    const before = puts()
    expect(before).toBeGreaterThan(0)
    // A client with the private key that uploads nothing has found every entry.
    const later = await Promise.all(['secret.pem', 'open.pem', 'secret.pem'].map(render))
    for (const { status, text } of later)
      expect({ status, text }).toEqual({ status: 0, text: first[0]?.text })
    expect(puts()).toBe(before)
    expect(log.filter((line) => /GET 200 .*\/cas\//u.test(line)).length).toBeGreaterThan(3)
  },
  300_000,
)
