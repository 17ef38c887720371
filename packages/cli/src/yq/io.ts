import { fstatSync } from 'node:fs'
import process from 'node:process'

import { stderr, stdout } from '../output.ts'

/** The parts of the process that the command uses, so that tests can replace them. */
export interface YqIo {
  /** Reads all of stdin; empty the second time. */
  readonly readStdin: () => Promise<Uint8Array>
  /** Whether stdin is a pipe or a file, rather than a terminal or /dev/null. */
  readonly stdinIsPiped: boolean
  readonly writeStdout: (chunk: string | Uint8Array) => void
  readonly writeStderr: (text: string) => void
  readonly stdoutIsTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder that file names are relative to. */
  readonly cwd: string
}

/** The input and output of this process. */
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

/** As in yq, stdin counts as piped unless it is a character device, such as a terminal or /dev/null. */
function isPiped(): boolean {
  try {
    return !fstatSync(0).isCharacterDevice()
  } catch (error) {
    // A closed stdin is not piped.
    if (error instanceof Error && 'code' in error && error.code === 'EBADF') return false
    throw error
  }
}
