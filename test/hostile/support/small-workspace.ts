import { execFileSync } from 'node:child_process'
import { lchownSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { onTestFinished } from 'vitest'

/** The user that runs a command; undefined is the user that runs the tests. */
export type Uid = number | undefined

export interface SmallWorkspace {
  /** The test's temporary folder, parent of the other folders. A command that misbehaves can write to it. */
  readonly top: string
  /** The workspace, which is a git work tree. */
  readonly folder: string
  /** A folder outside the workspace, with files that must not change. */
  readonly foreign: string
  /** For TMPDIR, HOME and the cache of the command. */
  readonly scratch: string
}

const FILES = {
  'overlay-render.yaml': 'version: 1\nconfigs: {base: base, files: [config/config.yaml]}\nsecrets: stub\n',
  'base/config.yaml': 'plank:\n  a: 1\n',
  'overlays/x/kustomization.yaml': 'resources: [cm.yaml]\n',
  'overlays/x/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: n}\ndata: {a: b}\n',
  'overlays/x/yq_scripts/config.yaml': '.plank.a = 2\n',
  'names.yaml': 'name: split/one\n',
} as const

const FOREIGN = {
  'file.yaml': 'precious\n',
  'folder/config.yaml': 'precious too\n',
  'folder/x/keep': '',
} as const

/** Creates the smallest workspace in which every command that writes has something to write. */
export function laySmallWorkspace(uid?: Uid, files: Readonly<Record<string, string>> = {}): SmallWorkspace {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'overlay-render-hostile-')))
  onTestFinished(() => rmSync(top, { recursive: true, force: true }))
  const [folder, foreign, scratch] = [join(top, 'repo'), join(top, 'foreign'), join(top, 'scratch')]
  layFiles(folder, { ...FILES, ...files })
  layFiles(foreign, FOREIGN)
  mkdirSync(scratch)
  execFileSync('git', ['init', '--quiet', folder], { stdio: 'ignore' })
  if (uid !== undefined) giveTo(top, uid)
  return { top, folder, foreign, scratch }
}

export function layFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** Changes the owner of a folder and everything in it. */
export function giveTo(folder: string, uid: number): void {
  lchownSync(folder, uid, uid)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, name), uid, uid)
  }
}
