import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Fault } from '@overlay-render/system'
import { expect, test } from 'vitest'

import { seededDraw } from '../../../../test/differential/draw.ts'
import { openWorkspace } from '../../src/open-workspace.ts'
import type { Workspace } from '../../src/workspace.ts'
import { EditedTree } from '../cache/edited-tree.ts'

/** The number of changes and the seed: `OVERLAY_RENDER_AFFECTED_CHANGES=2000` runs longer. */
const CHANGES = Number(process.env['OVERLAY_RENDER_AFFECTED_CHANGES'] ?? 25)
const SEED = Number(process.env['OVERLAY_RENDER_AFFECTED_SEED'] ?? 1)

/** Whether to list the affected overlays whose bytes did not change. */
const LISTS_MORE = process.env['OVERLAY_RENDER_AFFECTED_LOG'] !== undefined

const list = (...values: readonly unknown[]): void => {
  process.stderr.write(`${values.map((value) => JSON.stringify(value)).join(' ')}\n`)
}

/** The bytes of each overlay's render by name; undefined where it does not render. */
type Outputs = ReadonlyMap<string, string | undefined>

async function outputsOf(workspace: Workspace): Promise<Outputs> {
  const outputs = new Map<string, string | undefined>()
  for (const { name } of workspace.overlays) {
    try {
      const { manifests, configs } = await workspace.render(name, { secrets: 'stub' })
      const texts = [manifests, ...configs.map(({ bytes }) => bytes)].map((bytes) =>
        Buffer.from(bytes).toString(),
      )
      // The operator `now` prints the time.
      outputs.set(
        name,
        texts.join('\n===\n').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/gu, 'NOW'),
      )
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      outputs.set(name, undefined)
    }
  }
  return outputs
}

async function opened(tree: EditedTree, folder: string): Promise<Workspace | undefined> {
  try {
    return await openWorkspace(folder, { kustomize: tree.kustomize })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return undefined
  }
}

/** What a plain checkout of the commit renders. The substitute for kustomize prints the digest of each file, so times do not matter. */
async function outputsAt(tree: EditedTree, commit: string): Promise<Outputs | undefined> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'overlay-render-base-')))
  try {
    // A sparse checkout would be inherited.
    const whole = ['-c', 'core.sparseCheckout=false']
    execFileSync('git', [...whole, 'worktree', 'add', '--quiet', '--force', '--detach', folder, commit], {
      cwd: tree.top,
      stdio: 'ignore',
    })
    const workspace = await opened(tree, join(folder, 'kustom'))
    return workspace === undefined ? undefined : await outputsOf(workspace)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    tree.git('worktree', 'prune')
  }
}

test(`each of ${CHANGES} random changes affects every overlay whose bytes it changes`, async () => {
  const draw = seededDraw(SEED)
  const tree = new EditedTree(draw)
  const log: string[] = []
  let [compared, changed, named] = [0, 0, 0]
  for (let round = 0; round < CHANGES; round++) {
    tree.restoreAll()
    for (let count = draw.below(4); count > 0; count--) log.push(tree.edit())
    const base = tree.commit()
    log.push(`base ${base.slice(0, 8)}`)
    const before = await outputsAt(tree, base)
    for (let count = 1 + draw.below(3); count > 0; count--) {
      log.push(tree.edit())
      if (draw.below(3) === 0) tree.commit()
    }
    const workspace = await opened(tree, tree.workspace)
    if (workspace === undefined || before === undefined) continue
    const after = await outputsOf(workspace)
    const { affected, unaffected, borrowsConfiguration } = await workspace.affected(base)
    // Then the base is rendered with settings that a checkout of it lacks.
    if (borrowsConfiguration) continue
    for (const name of unaffected) {
      expect(after.get(name), `${name} after ${log.slice(-9).join(', ')}`).toBe(before.get(name))
    }
    const differing = [...new Set([...before.keys(), ...after.keys()])].filter(
      (name) => before.has(name) !== after.has(name) || before.get(name) !== after.get(name),
    )
    const names = affected.map(({ overlay }) => overlay)
    const missed = differing.filter((name) => !names.includes(name))
    expect(missed, `missed after ${log.slice(-9).join(', ')}`).toEqual([])
    const more = affected.filter(({ overlay }) => !differing.includes(overlay))
    if (LISTS_MORE) for (const { overlay, reasons } of more) list(overlay, reasons, log.slice(-6))
    compared += after.size
    changed += differing.length
    named += names.length
  }
  if (LISTS_MORE) list('all', { compared, changed, named })
  expect(changed).toBeGreaterThan(0)
  expect(named).toBeLessThan(compared)
}, 3_600_000)
