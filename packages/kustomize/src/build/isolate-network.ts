import { existsSync } from 'node:fs'

/** A program and its arguments. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

const UNSHARE = '/usr/bin/unshare'

/**
 * The same command without any network, not even this machine's own, where Linux lets an ordinary user do that.
 * Undefined elsewhere. It costs one `exec`, and is a wall behind the walk's refusal and the dead proxy, which Go passes by
 * for names of this machine.
 */
export function withoutNetwork({ file, args }: Command): Command | undefined {
  if (process.platform !== 'linux' || !existsSync(UNSHARE)) return undefined
  return { file: UNSHARE, args: ['--map-root-user', '--net', '--', file, ...args] }
}

/** True when a command of `withoutNetwork` ended before the program itself was started. */
export function wasNotIsolated(exitCode: number | undefined, stderr: string): boolean {
  return exitCode !== 0 && stderr.startsWith('unshare: ')
}
