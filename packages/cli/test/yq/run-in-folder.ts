import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { runYq } from '../../src/yq/yq-command.ts'

/** A call of `overlay-render yq`. */
export interface YqCall {
  readonly args: readonly string[]
  /** The text of stdin; when absent, stdin is not a pipe. */
  readonly stdin?: string | undefined
  readonly files?: Readonly<Record<string, string>> | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly stdoutIsTerminal?: boolean | undefined
}

/** The result of a call. */
export interface YqOutcome {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
  /** Files that the call created or changed, by path. */
  readonly files: Readonly<Record<string, string>>
}

/** Writes the files to the folder, which is created if needed, and runs the command there, in this process. */
export async function runInFolder(folder: string, call: YqCall): Promise<YqOutcome> {
  const { args, stdin, files = {}, env = {}, stdoutIsTerminal = false } = call
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const stdout: Uint8Array[] = []
  let stderr = ''
  let unread = Buffer.from(stdin ?? '')
  const status = await runYq(args, {
    readStdin() {
      const bytes = unread
      unread = Buffer.alloc(0)
      return Promise.resolve(bytes)
    },
    stdinIsPiped: stdin !== undefined,
    writeStdout: (chunk) => void stdout.push(Buffer.from(chunk)),
    writeStderr: (text) => void (stderr += text),
    stdoutIsTerminal,
    env: { HOME: '/nowhere', TZ: 'UTC', PATH: process.env['PATH'], ...env },
    cwd: folder,
  })
  return {
    status,
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr,
    files: changedFiles(folder, files),
  }
}

function changedFiles(folder: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const texts = files.map(({ parentPath, name }): [string, string] => {
    const path = join(parentPath, name)
    return [relative(folder, path), readFileSync(path, 'utf8')]
  })
  return Object.fromEntries(texts.filter(([name, text]) => before[name] !== text))
}
