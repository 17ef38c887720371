import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { runProcess } from '../src/run-process.ts'
import { SystemFault } from '../src/system-fault.ts'

const node = process.execPath
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()
const run = async (script: string, options: Partial<Parameters<typeof runProcess>[2]> = {}) =>
  runProcess(node, ['-e', script], { timeout: 20_000, ...options })

test('the child gets exactly the given environment', async () => {
  process.env['OVERLAY_RENDER_CANARY'] = 'leaked'
  onTestFinished(() => {
    delete process.env['OVERLAY_RENDER_CANARY']
  })
  const { stdout } = await run('console.log(JSON.stringify(process.env))', { env: { ONLY: 'this' } })
  expect(JSON.parse(text(stdout))).toEqual({ ONLY: 'this' })
})

test('output is returned byte for byte, whatever the exit status', async () => {
  const { exitCode, stdout, stderr } = await run(
    'process.stdout.write(Buffer.from([0xff, 10, 10])); process.stderr.write("why\\n"); process.exitCode = 7',
  )
  expect({ exitCode, stdout: [...stdout], stderr }).toEqual({
    exitCode: 7,
    stdout: [0xff, 10, 10],
    stderr: 'why\n',
  })
})

test('stdin is empty, or the given input', async () => {
  const script = 'process.stdin.pipe(process.stdout)'
  expect(text((await run(script)).stdout)).toBe('')
  expect(text((await run(script, { input: 'said' })).stdout)).toBe('said')
})

test('a child that a signal ended has no exit status', async () => {
  expect(await run('process.kill(process.pid, "SIGTERM")')).toMatchObject({
    exitCode: undefined,
    signal: 'SIGTERM',
  })
})

test.skipIf(process.platform === 'win32')(
  'a timeout kills the child and its children (skipped on Windows)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'run-process-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const pidFile = join(folder, 'pid')
    const script = `
    const { spawn } = require('node:child_process')
    const child = spawn('/bin/sleep', ['300'], { stdio: 'ignore' })
    require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid))
    setInterval(() => {}, 1000)`
    await expect(run(script, { timeout: 1500 })).rejects.toMatchObject({
      code: 'timed-out',
      blame: 'program',
    })
    expect(existsSync(pidFile)).toBe(true)
    const grandchild = readFileSync(pidFile, 'utf8')
    await expect
      .poll(() =>
        spawnSync('ps', ['-o', 'stat=', '-p', grandchild], { encoding: 'utf8' }).stdout.trim().charAt(0),
      )
      .toMatch(/^Z?$/)
  },
)

test('an abort kills the child', async () => {
  const controller = new AbortController()
  const running = run('setInterval(() => {}, 1000)', { signal: controller.signal })
  setTimeout(() => controller.abort(), 100)
  await expect(running).rejects.toMatchObject({ code: 'aborted' })
})

test('an aborted signal starts nothing', async () => {
  await expect(run('0', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
})

test('too much output kills the child', async () => {
  const endless = 'const more = () => process.stdout.write("x".repeat(65536), more); more()'
  await expect(run(endless, { maxOutput: 100_000 })).rejects.toMatchObject({ code: 'output-too-large' })
})

test('the error for a missing program shows its path', async () => {
  await expect(runProcess('/nowhere/kustomize', [], { timeout: 1000 })).rejects.toMatchObject({
    code: 'not-started',
    sentence: '/nowhere/kustomize cannot be run: ENOENT',
  })
})

test.skipIf(process.platform === 'win32')(
  "processes left in the child's group are killed (skipped on Windows)",
  async () => {
    const { stdout } = await run(
      'console.log(require("node:child_process").spawn("/bin/sleep", ["300"], { stdio: ["ignore", "inherit", "ignore"] }).pid); process.exit(0)',
    )
    await expect.poll(() => isAlive(Number(text(stdout)))).toBe(false)
  },
)

test.skipIf(process.platform === 'win32')(
  'a process outside of the group that keeps the pipe open does not block the result (skipped on Windows)',
  async () => {
    const { stdout, exitCode } = await run(
      'console.log(require("node:child_process").spawn("/bin/sleep", ["300"], { detached: true, stdio: ["ignore", "inherit", "ignore"] }).pid); process.exit(3)',
    )
    expect(exitCode).toBe(3)
    process.kill(Number(text(stdout)))
  },
)

test.skipIf(process.platform === 'win32')(
  'a timeout kills a child that ignores SIGTERM (skipped on Windows)',
  async () => {
    const script =
      'process.on("SIGTERM", () => {}); process.on("SIGINT", () => {}); setInterval(() => {}, 1000)'
    await expect(run(script, { timeout: 1500 })).rejects.toMatchObject({ code: 'timed-out' })
  },
)

test.skipIf(process.platform !== 'linux')(
  'a child that exceeds its memory limit ends (skipped except on Linux)',
  async () => {
    // The shell doubles a string until it exceeds the limit.
    const hungry = 'x=0123456789; while :; do x="$x$x"; done'
    const { exitCode } = await runProcess('/bin/sh', ['-c', hungry], {
      timeout: 20_000,
      memory: 200 * 1024 * 1024,
    }).catch((error: unknown) =>
      error instanceof SystemFault ? { exitCode: error.code } : { exitCode: error },
    )
    expect(exitCode).not.toBe(0)
    expect(exitCode).not.toBe('timed-out')
  },
)

/** What programs print when an allocation fails. */
const WITHOUT_MEMORY = [
  'fatal error: runtime: out of memory',
  'fatal error: runtime: cannot allocate memory',
  'runtime: cannot allocate memory',
  'fatal: Out of memory, malloc failed (tried to allocate 20 bytes)',
  'SIGSEGV: segmentation violation\nPC=0x79befd m=4 sigcode=1 addr=0x0\n\ngoroutine 0 gp=0x61c m=4 mp=0x61d [idle]:',
]

test.each(WITHOUT_MEMORY)('%j is reported as out of memory', async (said) => {
  const script = `process.stderr.write(${JSON.stringify(`${said}\n`)}); process.exitCode = 2`
  await expect(runProcess(node, ['-e', script], { timeout: 20_000 })).rejects.toMatchObject({
    code: 'out-of-memory',
  })
})

test('a crash of the program itself is not reported as out of memory', async () => {
  const said = 'SIGSEGV: segmentation violation\nPC=0x79befd m=4 sigcode=1 addr=0x0\n\ngoroutine 1 [running]:'
  const script = `process.stderr.write(${JSON.stringify(said)}); process.exitCode = 2`
  const { exitCode, stderr } = await runProcess(node, ['-e', script], { timeout: 20_000 })
  expect([exitCode, stderr]).toEqual([2, said])
})

test('arguments are passed unchanged', async () => {
  const args = ['a b', '', '$HOME', '*', "it's", '--', '-n', 'line\nend']
  const { stdout } = await runProcess(
    node,
    ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args],
    {
      timeout: 20_000,
    },
  )
  expect(JSON.parse(text(stdout))).toEqual(args)
})

function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  return state !== '' && !state.startsWith('Z')
}
