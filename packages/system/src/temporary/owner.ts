import { readFileSync, readlinkSync } from 'node:fs'

import { errnoOf } from '../system-fault.ts'

/** The process that made a folder, as the folder's name says it. */
export interface Owner {
  readonly pid: number
  /** When the process started, in the system's own measure; 0 where that cannot be told. */
  readonly started: string
  /** The number of the process namespace, such as that of a container: pids of another say nothing here. */
  readonly namespace: string
}

let own: Owner | undefined

/** This process. */
export function ownOwner(): Owner {
  own ??= { pid: process.pid, started: startOf(process.pid) ?? '0', namespace: namespace() }
  return own
}

/** Whether the process has certainly ended. One whose pid is in use again has; one of another namespace cannot be told. */
export function hasEnded({ pid, started, namespace }: Owner): boolean {
  const self = ownOwner()
  if (namespace !== self.namespace) return false
  if (started !== '0' && self.started !== '0') return startOf(pid) !== started
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // EPERM: it is there, and another user's.
    return errnoOf(error) === 'ESRCH'
  }
}

/** The 22nd field of Linux's stat, in clock ticks since the machine started; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets, which may hold blanks and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

function namespace(): string {
  try {
    return /\[(\d+)\]/u.exec(readlinkSync('/proc/self/ns/pid'))?.[1] ?? '0'
  } catch {
    return '0'
  }
}
