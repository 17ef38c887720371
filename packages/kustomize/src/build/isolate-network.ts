import { existsSync } from 'node:fs'

/** A program and its arguments. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

const UNSHARE = '/usr/bin/unshare'

/**
 * The same command without any network, not even this machine's own, and with process numbers of its own, so that whatever it
 * starts ends with it, in whatever group that is: where Linux lets an ordinary user do that. Undefined elsewhere. It costs one
 * `exec`, and is a second wall after the walk's refusal and the dead proxy, which Go does not use for names of this machine.
 */
export function withoutNetwork({ file, args }: Command): Command | undefined {
  if (process.platform !== 'linux' || !existsSync(UNSHARE)) return undefined
  return {
    file: UNSHARE,
    args: ['--map-root-user', '--net', '--pid', '--fork', '--kill-child', '--', file, ...args],
  }
}

/** True when a command of `withoutNetwork` ended before the program itself was started. */
export function wasNotIsolated(exitCode: number | undefined, stderr: string): boolean {
  return exitCode !== 0 && stderr.startsWith('unshare: ')
}
