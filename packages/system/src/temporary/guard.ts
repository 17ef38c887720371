import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'

import { temporaryName } from './sweep.ts'

/**
 * Descriptor 3 is a pipe whose other end this process alone holds; it is closed when this process ends, however that is. Each line is
 * the temporary name of a file that is being written, or empty when it has its own name.
 */
const GUARD = `
while IFS= read -r line <&3; do open=$line; done
if [ -n "$open" ]; then /bin/rm -f -- "$open"; fi
for place do /bin/rm -rf -- "$place"/overlay-render-*"$0"??????; done
`

/** Linux's file system in memory. It survives no restart, and nothing of it is on a disk where there is no swap. */
export const MEMORY = '/dev/shm'

/** Windows has no shell for it. */
export const HAS_GUARD: boolean = process.platform !== 'win32'

let pipe: Socket | undefined

/**
 * Starts a process, once, that removes what this one leaves: temporary folders, and half a file. So a signal needs no listener here, for
 * which it would have to wait: the system ends this process on the spot, however busy it is.
 */
export function startGuard(): void {
  if (pipe !== undefined || !HAS_GUARD) return
  const owner = temporaryName('').replace('overlay-render-', '')
  // Its own session, so that what ends this process's group does not end it.
  const guard = spawn('/bin/sh', ['-c', GUARD, owner, MEMORY, tmpdir()], {
    detached: true,
    cwd: '/',
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  // Without a shell, the next run sweeps.
  guard.once('error', () => undefined)
  guard.unref()
  const end = guard.stdio[3]
  if (!(end instanceof Socket)) return
  pipe = end
  pipe.on('error', () => undefined).unref()
}

/** Has a file removed, should this process end before the returned function is called. @param path absolute */
export function guardFile(path: string): () => void {
  startGuard()
  // A pipe takes a line at once.
  if (!path.includes('\n')) pipe?.write(`${path}\n`)
  return () => void pipe?.write('\n')
}
