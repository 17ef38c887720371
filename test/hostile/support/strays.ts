import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

import type { SmallWorkspace } from './small-workspace.ts'

// Accesses that the trace of a command must not contain: reads of untracked files, and writes other than its outputs.

const LINKS: Readonly<Record<string, (workspace: SmallWorkspace) => string>> = {
  'link-to-link': () => 'second-link',
  'second-link': () => 'secrets/token',
  'link-up': () => '..',
  'link-absolute': ({ folder }) => join(folder, 'overlays/x/secrets/token'),
  'link-out': () => '../../../foreign/file.yaml',
}

/** Commits files, links to untracked files, and a `.gitignore`; creates ignored files next to them. */
export function layUntracked(workspace: SmallWorkspace, files: Readonly<Record<string, string>>): void {
  const { folder, scratch } = workspace
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null']
    execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe' })
  }
  for (const [name, target] of Object.entries(LINKS)) {
    symlinkSync(target(workspace), join(folder, 'overlays/x', name))
  }
  const committed = { '.gitignore': 'secrets/\nnested/\n', ...files }
  const ignored = {
    'overlays/x/secrets/token': 'a: CANARY\n',
    'overlays/x/nested/token': 'a: CANARY\n',
    '../scratch/.docker/config.json': '{"a": "CANARY"}\n',
  }
  for (const [name, text] of Object.entries({ ...committed, ...ignored })) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  mkdirSync(scratch, { recursive: true })
  git('add', '--all')
  git('commit', '--quiet', '-m', 'attack')
}

/** Whether a path is an untracked file of `layUntracked`, a file in the foreign folder, or the environment of a process. */
export function isUntracked(path: string, { folder, foreign, scratch }: SmallWorkspace): boolean {
  return (
    // Only in the workspace: a stage has a stub at the same relative path.
    (path.startsWith(`${folder}/`) && /\/(?:secrets|nested)\/token$/u.test(path)) ||
    path.startsWith(`${foreign}/`) ||
    path === join(scratch, '.docker/config.json') ||
    /^\/proc\/\d+\/environ$/u.test(path)
  )
}

/**
 * Returns the writes that are neither outputs of the command nor in its temporary folders.
 *
 * @param outputs relative to the workspace; a write anywhere in the top-level folder of an output is allowed
 */
export function strayWrites(
  writes: readonly string[],
  outputs: readonly string[],
  { folder, scratch, top }: SmallWorkspace,
): string[] {
  const top0 = (output: string): string => join(folder, output.split('/')[0] ?? '')
  const allowed = [scratch, join(top, 'trace'), '/dev/null', '/dev/tty', ...outputs.map(top0)]
  return writes.filter(
    (path) =>
      !allowed.some((place) => path === place || path.startsWith(`${place}/`)) &&
      // The in-memory stage.
      !/^\/dev\/shm\/overlay-render-stage-[^/]+(?:\/|$)/u.test(path) &&
      // The temporary file of an output at the root of the workspace.
      !(dirname(path) === folder && /^\.overlay-render-[0-9a-f]{16}\.tmp$/u.test(relative(folder, path))) &&
      !path.startsWith('pipe:') &&
      // Setup of the user namespace in which a build runs.
      !/^\/proc\/\d+\/(?:[gu]id_map|setgroups)$/u.test(path),
  )
}
