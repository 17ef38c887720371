import { execFileSync, spawnSync } from 'node:child_process'

import { initWorkspace, openWorkspace } from '@overlay-render/render'
import { makeTemporaryFolder } from '@overlay-render/system'

import { git, layStubs, NO_CONFIGS, type ReplayResult, settle } from './by-hand.ts'

// Replays a history without a render script: the deployed manifests are those that kustomize builds for each
// root.

/** A commit and its top-level folders that contain kustomizations. */
export interface TreeOfRoots {
  readonly commit: string
  readonly date: string
  readonly folders: readonly string[]
}

/** The commits that change a folder with kustomizations, oldest first. */
export function treesOfRoots(clone: string): TreeOfRoots[] {
  const places = [':(glob)**/kustomization.yaml', ':(glob)**/kustomization.yml']
  const named = git(clone, ['log', '--format=', '--name-only', '--', ...places]).toString()
  const folders = [...new Set(named.split('\n').flatMap((path) => /^([^/]+)\//u.exec(path)?.[1] ?? []))]
  if (folders.length === 0) return []
  const log = git(clone, ['log', '--reverse', '--format=%H %cs', '--', ...folders]).toString()
  return log
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [commit = '', date = ''] = line.split(' ')
      return { commit, date, folders }
    })
}

/**
 * Runs `init` on a tree, then compares each overlay that it finds with the real kustomize of the version that
 * it detects.
 */
export async function replayRoots(clone: string, tree: TreeOfRoots): Promise<ReplayResult[]> {
  const { commit, date } = tree
  const temporary = await makeTemporaryFolder('replay')
  try {
    const there = git(clone, ['ls-tree', '--name-only', commit]).toString().split('\n')
    const folders = tree.folders.filter((folder) => there.includes(folder))
    if (folders.length === 0) return []
    execFileSync('tar', ['-x', '-C', temporary.path], {
      input: git(clone, ['archive', commit, '--', ...folders]),
    })
    const found = await settle(() => initWorkspace(temporary.path))
    if ('fault' in found) return []
    const workspace = await openWorkspace(temporary.path)
    const { path: program, program: name } = await workspace.kustomize()
    const results = found.value.left.map(({ path, reason }): ReplayResult => {
      return { commit, date, overlay: path, configs: NO_CONFIGS, manifests: 'none', left: reason }
    })
    for (const overlay of workspace.overlays) {
      const ours = await settle(() => workspace.render(overlay.name, { secrets: 'stub' }))
      layStubs(overlay.folder)
      const args = name === 'kubectl' ? ['kustomize', overlay.folder] : ['build', overlay.folder]
      const { status, stdout } = spawnSync(program, args, { env: {}, maxBuffer: 2 ** 28 })
      const row = { commit, date, overlay: overlay.name, configs: NO_CONFIGS }
      if (status !== 0) results.push({ ...row, manifests: 'none', left: 'kustomize does not build it' })
      else if ('fault' in ours) results.push({ ...row, manifests: 'different', fault: ours.fault })
      else results.push({ ...row, manifests: stdout.equals(ours.value.manifests) ? 'same' : 'different' })
    }
    return results
  } finally {
    await temporary.dispose()
  }
}
