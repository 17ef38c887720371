import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { env, execPath } from 'node:process'

import { build } from '../../scripts/build.js'
import { root } from './oracles.ts'

/** A script that runs a command on a pseudo-terminal; its standard input becomes the keyboard. */
export const ON_TERMINAL: string = join(import.meta.dirname, 'on-terminal.sh')

/** A command that runs on a pseudo-terminal. */
export interface TerminalSession {
  /** Presses keys. */
  type(keys: string): void
}

/**
 * Runs the command on a pseudo-terminal.
 *
 * @param onText called with all output so far, each time the command prints more
 */
export async function runAtTerminal(
  args: readonly string[],
  onText: (text: string, session: TerminalSession) => void,
): Promise<{ readonly status: number | null; readonly printed: string }> {
  await build({ force: false })
  const command = [execPath, join(root, 'packages/cli/bin/overlay-render.js'), ...args]
  const child = spawn(ON_TERMINAL, command, {
    env: {
      PATH: env['PATH'] ?? '',
      HOME: env['HOME'] ?? '',
      TERM: 'xterm-256color',
      XDG_CACHE_HOME: join(root, '.cache/test-store'),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const session: TerminalSession = { type: (keys) => void child.stdin.write(keys) }
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
    onText(printed, session)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, printed }))
  })
}
