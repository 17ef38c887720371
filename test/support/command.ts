import { spawn } from 'node:child_process'
import { join } from 'node:path'

import { build } from '../../scripts/build.js'
import { root } from './oracles.ts'

export interface CommandResult {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Whether renders of earlier runs may be taken; a test that waits for a build wants one. */
  readonly cached?: boolean
  /** A program, with its arguments, that runs the command, such as `setpriv`. */
  readonly through?: readonly string[]
  /** Told when the process has been started. */
  readonly onStart?: (pid: number) => void
  /** Told all that was printed so far on a stream, whenever there is more. */
  readonly onText?: (text: string, pid: number) => void
}

/** Commands that render, of which each test wants its own. */
const RENDERING: ReadonlySet<string> = new Set([
  'affected',
  'check',
  'diff',
  'explain',
  'golden',
  'jobs',
  'plan',
  'render',
  'review',
  'watch',
])

function withoutCache(args: readonly string[]): readonly string[] {
  return !args.includes('yq') && args.some((arg) => RENDERING.has(arg)) ? [...args, '--no-cache'] : args
}

let built: Promise<void> | undefined

/** Runs the command as a user does, from the bundle, which is made again when a source is newer. */
export async function runCommand(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  built ??= build({ force: false })
  await built
  const given = options.cached === true ? args : withoutCache(args)
  const [file = process.execPath, ...before] = [...(options.through ?? []), process.execPath]
  const child = spawn(file, [...before, join(root, 'packages/cli/bin/overlay-render.js'), ...given], {
    cwd: options.cwd ?? root,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      // Nothing is left in the store of whoever runs the tests.
      XDG_CACHE_HOME: join(root, '.cache/test-store'),
      ...options.env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) options.onStart?.(child.pid)
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
      if (child.pid !== undefined) options.onText?.(output[name], child.pid)
    })
  }
  child.stdin.end(options.input ?? '')
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => resolve({ status, signal, ...output }))
  })
}
