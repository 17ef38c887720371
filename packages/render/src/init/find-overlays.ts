import { posix } from 'node:path'

import type { FoundKustomization, Survey } from './survey.ts'

/** An overlay found in a tree. Paths are relative to the workspace. */
export interface FoundOverlay {
  readonly path: string
  /** `folder`: plain manifests, which need no kustomize. */
  readonly kind: 'kustomize' | 'folder'
  /** Undefined for plain manifests, and for a folder whose kustomization is copied from another overlay. */
  readonly kustomization: FoundKustomization | undefined
  /** The URLs, git remotes and charts that it uses, directly or through other kustomizations. */
  readonly remotes: readonly string[]
  /** For a folder of plain manifests: how many YAML files in it are no manifests, and why the first one is none. */
  readonly foreign?: { readonly reason: string; readonly count: number } | undefined
  /** For a folder of plain manifests: the names that leave these out; undefined when that takes too many. */
  readonly skip?: readonly string[] | undefined
}

/** The overlays of a tree: every kustomization that no other one uses, and every folder with patch scripts but without a kustomization. */
export function findTreeOverlays(survey: Survey): FoundOverlay[] {
  const { kustomizations } = survey
  const byFolder = new Map(kustomizations.map((one) => [one.folder, one]))
  const named = new Set(kustomizations.flatMap(({ folders }) => folders))
  const roots = kustomizations.filter(({ kind, folder }) => kind === 'Kustomization' && !named.has(folder))
  const overlays = roots.map((kustomization) => ({
    path: kustomization.folder,
    kind: 'kustomize' as const,
    kustomization,
    remotes: remotesOf(kustomization, byFolder),
  }))
  const bare = foldersWithScripts(survey)
    .filter((path) => !byFolder.has(path))
    .map((path) => ({ path, kind: 'kustomize' as const, kustomization: undefined, remotes: [] }))
  return [...overlays, ...bare].sort((a, b) => (a.path < b.path ? -1 : 1))
}

function foldersWithScripts({ files }: Survey): string[] {
  const scripts = files.filter((path) => !path.startsWith('../') && /(?:^|\/)yq_scripts\/[^/]+$/u.test(path))
  return [...new Set(scripts.map((path) => posix.dirname(posix.dirname(path))))]
}

function remotesOf(root: FoundKustomization, byFolder: ReadonlyMap<string, FoundKustomization>): string[] {
  const seen = new Set([root])
  for (const one of seen) {
    for (const folder of one.folders) {
      const next = byFolder.get(folder)
      if (next !== undefined) seen.add(next)
    }
  }
  return [...seen].flatMap(({ remotes }) => remotes)
}
