import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'

import { temporaryName } from './sweep.ts'

/**
 * Descriptor 3 is a pipe from this process; it closes when this process ends for any reason. Each line is the temporary path of
 * a file that is being written, or empty when that file has been renamed.
 */
const GUARD = `
while IFS= read -r line <&3; do open=$line; done
if [ -n "$open" ]; then /bin/rm -f -- "$open"; fi
for place do /bin/rm -rf -- "$place"/overlay-render-*"$0"??????; done
`

/** Linux's in-memory file system. It is lost on restart, and without swap it is never written to disk. */
export const MEMORY = '/dev/shm'

/** The guard is a shell script, so Windows has none. */
export const HAS_GUARD: boolean = process.platform !== 'win32'

let pipe: Socket | undefined

/**
 * Starts, once, a process that removes the temporary folders and partial files that this one leaves. This process then needs no signal
 * listener, so a signal ends it at once, even while it is busy.
 */
export function startGuard(): void {
  if (pipe !== undefined || !HAS_GUARD) return
  const owner = temporaryName('').replace('overlay-render-', '')
  // A separate session, so that the guard survives a signal to this process's group.
  const guard = spawn('/bin/sh', ['-c', GUARD, owner, MEMORY, tmpdir()], {
    detached: true,
    cwd: '/',
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  // Without a shell, the next run removes the folders.
  guard.once('error', () => undefined)
  guard.unref()
  const end = guard.stdio[3]
  if (!(end instanceof Socket)) return
  pipe = end
  pipe.on('error', () => undefined).unref()
}

/** Makes the guard remove a file if this process ends before the returned function is called. @param path absolute */
export function guardFile(path: string): () => void {
  startGuard()
  // A short write to a pipe is atomic.
  if (!path.includes('\n')) pipe?.write(`${path}\n`)
  return () => void pipe?.write('\n')
}
