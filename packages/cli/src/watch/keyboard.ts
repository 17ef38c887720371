import type { ReadStream } from 'node:tty'

/** The action of each key. */
export type KeyActions = ReadonlyMap<string, () => void>

/** Reads single keys, without Enter, while it listens. */
export interface Keyboard {
  listen(): void
  /** Ends raw mode: Ctrl-C is a signal again, which ends any work. Keys are buffered until `listen`. */
  pause(): void
}

const CTRL_C = '\u0003'

/** The keyboard of a terminal. It reads nothing before `listen`. */
export function openKeyboard(stdin: ReadStream, actions: KeyActions): Keyboard {
  stdin.on('data', (bytes: Buffer) => {
    for (const key of bytes.toString('utf8')) {
      // In raw mode a terminal sends no signal for Ctrl-C.
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
