import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'

import { digestOf } from '@overlay-render/system'
import { onTestFinished, vi } from 'vitest'

import { type Draw, pick } from '../../../../test/differential/draw.ts'
import { layTree } from '../temporary-tree.ts'
import type { Edit, EditSite } from './edit.ts'
import { FILE_EDITS, named, writeText } from './file-edits.ts'
import { ATTRIBUTE_EDITS, configureFilter, SUBMODULE_EDITS, WORK_TREE_EDITS } from './git-edits.ts'
import { KUSTOMIZATION_EDITS } from './kustomization-edits.ts'
import { OVERLAY_EDITS } from './overlay-edits.ts'
import { SETTINGS_EDITS } from './settings-edits.ts'
import { STARTING_FILES } from './starting-files.ts'

/** The kinds of edits that a commit records, each as often as it is listed. */
const COMMITTED: readonly (readonly Edit[])[] = [
  FILE_EDITS,
  FILE_EDITS,
  FILE_EDITS,
  FILE_EDITS,
  KUSTOMIZATION_EDITS,
  KUSTOMIZATION_EDITS,
  KUSTOMIZATION_EDITS,
  SETTINGS_EDITS,
  SETTINGS_EDITS,
  OVERLAY_EDITS,
  ATTRIBUTE_EDITS,
  SUBMODULE_EDITS,
]

/** All kinds of edits of a work tree. */
const ALL: readonly (readonly Edit[])[] = [...COMMITTED, WORK_TREE_EDITS, WORK_TREE_EDITS, WORK_TREE_EDITS]

/**
 * A substitute for kustomize that prints every file and link of its input, so that any difference of the input shows in the output.
 * It runs with an empty PATH.
 */
const LISTER = `#!/bin/sh
case "$1" in version) echo v5.8.1; exit;; esac
for given; do [ -d "$given" ] && cd "$given"; done
until [ -d kustom ]; do [ "$PWD" = / ] && exit 1; cd ..; done
echo 'apiVersion: v1
kind: ConfigMap
metadata:
  name: seen
data:
  tree: |'
/usr/bin/find . -printf '    %p %y %l\\n' | LC_ALL=C /usr/bin/sort
/usr/bin/find . -type f -exec /usr/bin/cksum {} + | LC_ALL=C /usr/bin/sort | /usr/bin/sed 's/^/    /'
`

/** A real kustomize 5.8.1, where `pnpm oracles` made one. */
const REAL = join(import.meta.dirname, '../../../../.cache/oracles/bin/kustomize5')

/** What `kustomize` 5.8.1 is. kustomize 4.5.4 is always the real one. */
export type Program = 'lister' | 'real'

/** A git work tree for random edits. */
export class EditedTree implements EditSite {
  readonly top: string
  readonly workspace: string
  /** The substitute for kustomize 5.8.1. */
  readonly kustomize: string
  readonly draw: Draw
  readonly outside: string

  /** @param program what is found on the PATH as kustomize 5.8.1 */
  constructor(draw: Draw, program: Program = 'lister') {
    this.draw = draw
    this.outside = layTree({ 'outside.yaml': 'a: 1\n' })
    this.top = layTree(Object.fromEntries([...STARTING_FILES].map(([path, [text]]) => [path, text])))
    this.workspace = join(this.top, 'kustom')
    const tools = layTree({ 'lister/kustomize': LISTER, 'real/none': '' })
    this.kustomize = join(tools, 'lister/kustomize')
    chmodSync(this.kustomize, 0o755)
    if (existsSync(REAL)) symlinkSync(REAL, join(tools, 'real/kustomize'))
    vi.stubEnv('PATH', [join(tools, program), process.env['PATH']].join(delimiter))
    // A script may run as kustomize only when the user confirmed its digest.
    vi.stubEnv('OVERLAY_RENDER_KUSTOMIZE_SHA256', digestOf(Buffer.from(LISTER)))
    onTestFinished(() => void vi.unstubAllEnvs())
    this.git('init', '--quiet')
    this.git('config', 'maintenance.auto', 'false')
    this.git('config', 'core.fsync', 'none')
    configureFilter(this)
    this.git('add', '--all', '--force')
  }

  git(...args: string[]): void {
    try {
      execFileSync('git', args, { cwd: this.top, stdio: 'ignore' })
    } catch {
      // For example, `git add` fails for an ignored file. Then nothing changed.
    }
  }

  /** Commits every file that git would track, and returns the hash of the commit. */
  commit(): string {
    this.git('add', '--all')
    const as = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
    this.git(...as, 'commit', '--quiet', '--allow-empty', '--message=edit')
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: this.top, encoding: 'utf8' }).trim()
  }

  /** Makes one random edit that a commit can record, and returns a description of it. */
  editCommitted(): string {
    return pick(this.draw, pick(this.draw, COMMITTED))(this)
  }

  /** Makes one random edit, and returns a description of it. */
  edit(): string {
    return pick(this.draw, pick(this.draw, ALL))(this)
  }

  /** Restores the text of every file whose folder is not a broken link. Files that were added and git's index stay. */
  restoreFiles(): void {
    for (const [path, [text]] of STARTING_FILES) {
      named('restore', () => {
        rmSync(join(this.top, path), { recursive: true, force: true })
        writeText(join(this.top, path), text)
      })
    }
  }

  /** Restores the whole tree, without anything that was added: a repository within an overlay would hide it in every later round. */
  restoreAll(): void {
    this.#removeFiles()
    writeFileSync(join(this.top, '.git/info/exclude'), '')
    this.git('sparse-checkout', 'disable')
    this.restoreFiles()
    this.git('rm', '--quiet', '--cached', '-r', '.')
    this.git('add', '--all', '--force')
  }

  /** Lays the files of an earlier commit. */
  restoreCommit(commit: string): void {
    this.#removeFiles()
    this.git('read-tree', commit)
    this.git('checkout-index', '--all', '--force')
  }

  #removeFiles(): void {
    for (const name of readdirSync(this.top)) {
      if (name !== '.git') rmSync(join(this.top, name), { recursive: true, force: true })
    }
  }

  /** Checks a commit out, as any clone would, into a new folder, and returns its path. */
  checkOut(commit: string): string {
    const folder = join(this.outside, commit)
    mkdirSync(dirname(folder), { recursive: true })
    // A sparse checkout would be inherited.
    this.git(
      '-c',
      'core.sparseCheckout=false',
      'worktree',
      'add',
      '--quiet',
      '--force',
      '--detach',
      folder,
      commit,
    )
    return folder
  }

  removeCheckOut(folder: string): void {
    rmSync(folder, { recursive: true, force: true })
    rmSync(join(this.top, '.git/worktrees', basename(folder)), { recursive: true, force: true })
  }
}
