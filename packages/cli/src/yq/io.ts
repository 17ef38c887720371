import { fstatSync } from 'node:fs'
import process from 'node:process'

import { stderr, stdout } from '../output.ts'

/** What the command touches of its process, so that tests can hand in their own. */
export interface YqIo {
  /** All of stdin; empty the second time. */
  readonly readStdin: () => Promise<Uint8Array>
  /** Whether stdin is a pipe or a file, rather than a terminal or /dev/null. */
  readonly stdinIsPiped: boolean
  readonly writeStdout: (chunk: string | Uint8Array) => void
  readonly writeStderr: (text: string) => void
  readonly stdoutIsTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** Relative file names start here. */
  readonly cwd: string
}

export function processIo(): YqIo {
  return {
    readStdin,
    stdinIsPiped: isPiped(),
    writeStdout: (chunk) => stdout.write(chunk),
    writeStderr: (text) => stderr.write(text),
    get stdoutIsTerminal() {
      return stdout.isTTY
    },
    env: process.env,
    cwd: process.cwd(),
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** yq asks whether stdin is a character device, which /dev/null is as much as a terminal. */
function isPiped(): boolean {
  try {
    return !fstatSync(0).isCharacterDevice()
  } catch (error) {
    // A closed stdin has nothing to give.
    if (error instanceof Error && 'code' in error && error.code === 'EBADF') return false
    throw error
  }
}
