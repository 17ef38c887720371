import { posix } from 'node:path'

import { type InputGraph, walkInputs } from '@overlay-render/kustomize'
import { memoryView, Tree } from '@overlay-render/system'

import type { Example } from '../rule.ts'

/** The sources of one root: its kustomizations and the files that they name. */
export interface RootSources {
  /** The real path of its folder. */
  readonly folder: string
  readonly graph: InputGraph
}

/** The sources of one overlay. */
export interface OverlaySources extends RootSources {
  readonly name: string
}

/** The input of the rules about kustomizations: the sources of every overlay, without a build. */
export interface SourceCheck {
  readonly overlays: readonly OverlaySources[]
  /** The roots in the workspace that are not overlays and that no overlay uses. */
  readonly unreached: readonly RootSources[]
  /** The real path of every tracked file in the workspace, sorted. Hidden files and files that this tool writes are left out. */
  readonly files: readonly string[]
  /** Whether a render of an overlay reads the file, or the settings name it. */
  readonly isUsed: (real: string) => boolean
  /** Those of the names that another file of the tree contains. Kustomizations and the file of that name do not count. */
  readonly mentioned: (names: readonly string[]) => ReadonlySet<string>
  /** Whether a remote has a locked copy in the tree. */
  readonly isVendored: (written: string) => boolean
  /** The vendored copies that no longer match the lock file. */
  readonly editedCopies: readonly EditedCopy[]
  readonly readText: (real: string) => string
  /** Formats a path for messages. */
  readonly shown: (real: string) => string
}

/** A vendored copy that was changed. */
export interface EditedCopy {
  readonly url: string
  /** The file or folder of the copy, for messages. */
  readonly path: string
}

/** What an example has besides its files. */
interface SourceFacts {
  /** The folders of the overlays. */
  readonly overlays?: readonly string[]
  readonly vendored?: readonly string[]
  readonly editedCopies?: readonly EditedCopy[]
}

/** An example of a whole workspace, given by its files. */
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
