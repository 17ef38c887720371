import type { ReadStream } from 'node:tty'

/** What each key does. */
export type KeyActions = ReadonlyMap<string, () => void>

/** Reads single keys, without Enter, while it listens. */
export interface Keyboard {
  listen(): void
  /** Ctrl-C is a signal of the system again, which ends any work; keys are kept until `listen`. */
  pause(): void
}

const CTRL_C = '\u0003'

/** The keyboard of a terminal. It reads nothing before `listen`. */
export function openKeyboard(stdin: ReadStream, actions: KeyActions): Keyboard {
  stdin.on('data', (bytes: Buffer) => {
    for (const key of bytes.toString('utf8')) {
      // A terminal that gives single keys sends no signal for it.
      if (key === CTRL_C) process.kill(process.pid, 'SIGINT')
      actions.get(key)?.()
    }
  })
  stdin.pause()
  return {
    listen() {
      stdin.setRawMode(true)
      stdin.resume()
    },
    pause() {
      stdin.setRawMode(false)
      stdin.pause()
    },
  }
}
