import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { env, execPath } from 'node:process'

import { build } from '../../scripts/build.js'
import { onPath, root } from './oracles.ts'

/** A command that runs as at a terminal of 100 columns. */
export interface TerminalSession {
  /** Presses keys. */
  type(keys: string): void
}

/** Why no terminal can be had here, for the title of a test; undefined where one can. `script` is a part of util-linux. */
export function noTerminal(): string | undefined {
  return process.platform === 'linux' && onPath('script') !== undefined
    ? undefined
    : ' (skipped: the program `script` of util-linux is not here)'
}

/**
 * Runs the command at a pseudo-terminal.
 *
 * @param onText told all that was printed so far, whenever there is more
 */
export async function runAtTerminal(
  args: readonly string[],
  onText: (text: string, session: TerminalSession) => void,
): Promise<{ readonly status: number | null; readonly printed: string }> {
  await build({ force: false })
  const words = [execPath, join(root, 'packages/cli/bin/overlay-render.js'), ...args]
  const line = `stty columns 100 rows 40; exec ${words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')}`
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', line, '/dev/null'], {
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
