import { existsSync } from 'node:fs'

/** A program and its arguments. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

const UNSHARE = '/usr/bin/unshare'

/**
 * Wraps a command so that it runs in a network namespace without network, and in a PID namespace, so that its child processes end
 * with it. Undefined unless Linux allows this for ordinary users. It costs one `exec`, and adds to two other protections: remotes
 * are rejected before the build, and the proxy variables name a closed port, which Go ignores for localhost.
 */
export function withoutNetwork({ file, args }: Command): Command | undefined {
  if (process.platform !== 'linux' || !existsSync(UNSHARE)) return undefined
  return {
    file: UNSHARE,
    args: ['--map-root-user', '--net', '--pid', '--fork', '--kill-child', '--', file, ...args],
  }
}

/** Whether a command of `withoutNetwork` ended before the program started. */
export function wasNotIsolated(exitCode: number | undefined, stderr: string): boolean {
  return exitCode !== 0 && stderr.startsWith('unshare: ')
}
