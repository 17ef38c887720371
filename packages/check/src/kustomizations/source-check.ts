import { posix } from 'node:path'

import { type InputGraph, walkInputs } from '@overlay-render/kustomize'
import { memoryView, Tree } from '@overlay-render/system'

import type { Example } from '../rule.ts'

/** What the sources of one root are: its kustomizations and the files that they name. */
export interface RootSources {
  /** The real path of its folder. */
  readonly folder: string
  readonly graph: InputGraph
}

/** What the sources of one overlay are. */
export interface OverlaySources extends RootSources {
  readonly name: string
}

/** What rules about kustomizations look at: the sources of every overlay, without a build. */
export interface SourceCheck {
  readonly overlays: readonly OverlaySources[]
  /** Roots below the workspace that are no overlay, and that no overlay reaches. */
  readonly unreached: readonly RootSources[]
  /** The real path of every tracked file below the workspace, sorted; hidden ones and what this project writes are left out. */
  readonly files: readonly string[]
  /** Whether a render of any overlay reads a file, or the settings name it. */
  readonly isUsed: (real: string) => boolean
  /** The names, of those given, that some file of the tree holds which is no kustomization, and not the file of that name. */
  readonly mentioned: (names: readonly string[]) => ReadonlySet<string>
  /** Whether a remote has a locked copy in the tree. */
  readonly isVendored: (written: string) => boolean
  /** Locked copies of remotes that are no longer what the lock says. */
  readonly editedCopies: readonly EditedCopy[]
  readonly readText: (real: string) => string
  /** A path as messages show it. */
  readonly shown: (real: string) => string
}

/** A copy of a remote that somebody changed. */
export interface EditedCopy {
  readonly url: string
  /** The file or the folder of the copy, as messages show it. */
  readonly path: string
}

/** What an example has beside its files. */
interface SourceFacts {
  /** Folders of overlays. */
  readonly overlays?: readonly string[]
  readonly vendored?: readonly string[]
  readonly editedCopies?: readonly EditedCopy[]
}

/** An input of a whole workspace, written as its files. */
export function sourceExample(
  says: string,
  files: Readonly<Record<string, string>>,
  { overlays = ['overlays/prod'], vendored = [], editedCopies = [] }: SourceFacts = {},
): Example<SourceCheck> {
  return {
    says,
    input: () => {
      const entries = Object.entries(files).map(([path, text]) => [`/w/${path}`, Buffer.from(text)] as const)
      const shown = (path: string): string => posix.relative('/w', path)
      const tree = new Tree(memoryView(new Map(entries)), { boundary: ['/w'], shown })
      const walk = (folder: string): RootSources => ({
        folder,
        graph: walkInputs(folder, { tree, version: '5.8.1', allowNetwork: true }),
      })
      const reached = overlays.map((path) => ({ name: posix.basename(path), ...walk(`/w/${path}`) }))
      const roots = new Set(reached.flatMap(({ graph }) => graph.roots.map(({ path }) => path)))
      const all = entries.map(([path]) => path).sort()
      const others = all
        .filter((path) => path.endsWith('/kustomization.yaml'))
        .map((path) => posix.dirname(path))
      return {
        overlays: reached,
        unreached: others.filter((folder) => !roots.has(folder)).map(walk),
        files: all,
        isUsed: (real) => reached.some(({ graph }) => graph.realFiles.includes(real)),
        mentioned: (names) =>
          new Set(
            names.filter((name) =>
              entries.some(
                ([path, bytes]) =>
                  !path.endsWith('kustomization.yaml') && !path.endsWith(name) && bytes.includes(name),
              ),
            ),
          ),
        isVendored: (written) => vendored.includes(written),
        editedCopies,
        readText: (real) => files[shown(real)] ?? '',
        shown,
      }
    },
  }
}
