import { existsSync } from 'node:fs'

/** A program and its arguments. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

const UNSHARE = '/usr/bin/unshare'

/**
 * The command in its own network namespace, without any network, and in its own PID namespace, so that its descendants end with
 * it. Undefined unless Linux allows that for ordinary users. It costs one `exec`, and is a second protection besides refusing
 * remotes before the build and the dead proxy, which Go does not use for localhost.
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
