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
  /** Whether renders cached by earlier runs are accepted. By default every test runs its own builds. */
  readonly cached?: boolean
  /** A program, with its arguments, that runs the command, such as `setpriv`. */
  readonly through?: readonly string[]
  /** Called when the process has started. */
  readonly onStart?: (pid: number) => void
  /** Called with all output of a stream so far, each time the stream prints more. */
  readonly onText?: (text: string, pid: number) => void
}

/** Commands that render. Unless `cached` is set, they run with `--no-cache`. */
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

/** Runs the bundled command as a user does. Rebuilds the bundle first when a source file is newer. */
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
      // Keeps test renders out of the developer's own cache.
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
