import { readFileSync, readlinkSync } from 'node:fs'

import { errnoOf } from '../system-fault.ts'

/** The process that created a folder, as encoded in the folder's name. */
export interface Owner {
  readonly pid: number
  /** The start time of the process in clock ticks; 0 when unknown. */
  readonly started: string
  /** The PID namespace, such as a container's: pids of another namespace cannot be compared. */
  readonly namespace: string
}

let own: Owner | undefined

/** This process. */
export function ownOwner(): Owner {
  own ??= { pid: process.pid, started: startOf(process.pid) ?? '0', namespace: namespace() }
  return own
}

/** Whether the process has certainly ended. True when its pid was reused; false for another namespace, where it is unknown. */
export function hasEnded({ pid, started, namespace }: Owner): boolean {
  const self = ownOwner()
  if (namespace !== self.namespace) return false
  if (started !== '0' && self.started !== '0') return startOf(pid) !== started
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    return errnoOf(error) === 'ESRCH'
  }
}

/** The 22nd field of Linux's stat, in clock ticks since the machine started; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses, which may itself contain spaces and parentheses.
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
