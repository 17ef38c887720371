import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

import { root } from '../../support/oracles.ts'
import type { SmallWorkspace, Uid } from './small-workspace.ts'

export interface TracedRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  /** Real paths that the command, or a program it ran, changed or opened for writing. */
  readonly writes: readonly string[]
  /** Real paths of files that the command, or a program it ran, opened for reading. Includes reads by git and the C library. */
  readonly reads: readonly string[]
}

/** The reason to skip traced tests, to append to a title; empty when strace works. */
export function straceSkip(): string {
  const found = spawnSync('strace', ['-o', '/dev/null', 'true'])
  return found.status === 0 ? '' : ' (skipped: needs strace)'
}

/** Runs the bundled command under strace, in the workspace. */
export function traceCommand(
  args: readonly string[],
  workspace: SmallWorkspace,
  { uid, trace = true }: { uid?: Uid; trace?: boolean } = {},
): TracedRun {
  const log = join(workspace.top, 'trace')
  mkdirSync(log, { recursive: true, mode: 0o777 })
  const command = [process.execPath, join(root, 'packages/cli/bin/overlay-render.js'), ...args]
  const user = uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups']
  const tracer = trace
    ? ['strace', '-ff', '-y', '-s', '4096', '-e', 'trace=%file,fchmod,fchown,ftruncate', '-o', join(log, 't')]
    : []
  const [program = '', ...rest] = [...tracer, ...user, ...command]
  const { status, stdout, stderr } = spawnSync(program, rest, {
    cwd: workspace.folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: workspace.scratch,
      TMPDIR: workspace.scratch,
      XDG_CACHE_HOME: join(workspace.scratch, 'cache'),
    },
  })
  const traces = readdirSync(log).map((name) => readFileSync(join(log, name), 'utf8'))
  const writes = new Set(traces.flatMap((text) => writesIn(text)))
  const reads = new Set(traces.flatMap((text) => readsIn(text)))
  return { status, stdout, stderr, writes: [...writes].sort(), reads: [...reads].sort() }
}

/** The files that one thread opened for reading, from its trace. */
function readsIn(trace: string): string[] {
  const opened = trace.matchAll(/^open(?:at|at2)?\((.*)\)\s+= \d+<(.*)>$/gmu)
  return [...opened].flatMap(([, given = '', path = '']) =>
    /O_(?:WRONLY|DIRECTORY)/u.test(given) ? [] : [path],
  )
}

/** System calls that change the files in their path arguments. */
const CHANGES =
  /^(?:mkdir|rmdir|unlink|rename|link|symlink|chmod|chown|lchown|mknod|truncate|utime|utimes|creat|setxattr|removexattr)(?:at|at2)?$|^(?:fchmod|fchown|ftruncate|utimensat|fchmodat2|lsetxattr)$/u

/** The paths that one thread changed, from its trace. */
function writesIn(trace: string): string[] {
  const handles = new Map<string, string>()
  const writes: string[] = []
  for (const line of trace.split('\n')) {
    const call = /^(\w+)\((.*)\)\s+= (.*)$/u.exec(line)
    if (call === null) continue
    const [, name = '', given = '', result = ''] = call
    const opened = /^(\d+)<(.*)>$/u.exec(result)
    if (opened !== null) handles.set(opened[1] ?? '', opened[2] ?? '')
    if (result.startsWith('-1')) continue
    if (/^open(?:at|at2)?$/u.test(name)) {
      if (/O_(?:WRONLY|RDWR|CREAT|TRUNC)/u.test(given) && opened !== null) writes.push(opened[2] ?? '')
    } else if (CHANGES.test(name)) {
      writes.push(...pathsOf(name, given, handles))
    }
  }
  return writes
}

/** The path arguments of a system call. For symlink calls, only the path of the link. */
function pathsOf(name: string, given: string, handles: ReadonlyMap<string, string>): string[] {
  if (/^f(?:chmod|chown|truncate)$/u.test(name)) return [/^\d+<(.*?)>/u.exec(given)?.[1] ?? '']
  const texts = [...given.matchAll(/(?:(AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"/gu)]
  const paths = texts.map(([, , folder, text = '']) => resolve(folder ?? '/relative', text))
  return (name.startsWith('symlink') ? paths.slice(-1) : paths).map((path) => realPlace(path, handles))
}

/** A path as the kernel resolved it: descriptors become the folders they refer to, and links in the parent path are followed. */
function realPlace(path: string, handles: ReadonlyMap<string, string>): string {
  const held = /^\/proc\/self\/fd\/(\d+)\/(.*)$/u.exec(path)
  if (held !== null) {
    const folder = handles.get(held[1] ?? '')
    return folder === undefined ? `unknown: ${path}` : join(folder, held[2] ?? '')
  }
  const folder = dirname(path)
  return existsSync(folder) ? join(realpathSync(folder), basename(path)) : path
}
