import type { FollowedLink, Position } from '@overlay-render/system'

import type { KustomizeFault } from '../kustomize-fault.ts'

/** The role of a file in the kustomization that refers to it. */
export type InputRole =
  | 'kustomization'
  | 'resource'
  | 'patch'
  | 'configmap-file'
  | 'configmap-env'
  | 'secret-file'
  | 'secret-env'
  | 'configuration'
  | 'crd'
  | 'openapi'
  | 'replacement'
  | 'plugin'
  | 'chart'
  | 'chart-values'

/** A reference to a path in a kustomization. */
export interface Mention {
  /** The path as written, without the key of a generator's `key=path`. */
  readonly written: string
  /** Absolute and clean, links not followed. */
  readonly path: string
  /** `path` in messages. */
  readonly shown: string
  readonly role: InputRole
  /** The position of the reference; undefined only for the root's own kustomization. */
  readonly position: Position | undefined
  /** The real path of the root whose kustomization names it. */
  readonly root: string
}

/** A file that a build reads. A file with two references is two inputs. */
export interface InputFile extends Mention {
  /** Its real path. */
  readonly real: string
  /** The links of the path, in order. */
  readonly links: readonly FollowedLink[]
}

/** A missing file that a kustomization refers to. */
export interface MissingInput extends Mention {
  /** The path of the missing file: `path` with existing links resolved. */
  readonly real: string
  /** The generator that uses it, for the four generator roles. */
  readonly generator: GeneratorName | undefined
  /** The error to throw unless the caller supplies the file. */
  readonly fault: KustomizeFault
}

/** A folder with a kustomization. */
export interface GraphRoot {
  /** Its real path. */
  readonly path: string
  readonly kind: 'Kustomization' | 'Component'
  /** The real path of its kustomization file. */
  readonly kustomization: string
  /** The roots that refer to it; empty for the root of the build. */
  readonly namedBy: readonly Position[]
}

export interface GeneratorName {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly name: string
  readonly namespace: string | undefined
}

/** One entry of a configMapGenerator or secretGenerator. */
export interface GeneratorEntry extends GeneratorName {
  readonly behavior: string | undefined
  readonly position: Position
  /** The real path of the root that lists it. */
  readonly root: string
  readonly sources: readonly GeneratorSource[]
  /** The keys of its literals. Values are not kept. */
  readonly literalKeys: readonly string[]
}

export interface GeneratorSource {
  /** A file becomes one key; the lines of an env file become one key each. */
  readonly form: 'file' | 'env'
  /** The key of a file, undefined for an env file. */
  readonly key: string | undefined
  readonly written: string
  /** Absolute and clean, links not followed. */
  readonly path: string
  /** Its path with links resolved, whether or not it exists. */
  readonly real: string
  readonly exists: boolean
  readonly position: Position
}

/** A URL or a git remote in a kustomization. */
export interface RemoteInput {
  /** As written, except a user and password in a URL. */
  readonly written: string
  readonly form: 'url' | 'git'
  readonly position: Position
  /** The role of the file; a folder is a `resource`. */
  readonly role: InputRole
  /** The real path of the root whose kustomization names it. */
  readonly root: string
  /** The real path of the file with the reference, and its offset. */
  readonly named: { readonly file: string; readonly at: number }
}

/** A helm chart in a kustomization. */
export interface ChartInput {
  readonly name: string
  /** The chart repository; undefined for a chart in the tree. */
  readonly repo: string | undefined
  readonly version: string | undefined
  /** Where kustomize looks for the chart: absolute and clean, links not followed. */
  readonly folder: string
  /** Whether it exists. */
  readonly isThere: boolean
  readonly position: Position
}

/** Everything that a build of one root reads. */
export interface InputGraph {
  /** The real path of the folder that is built. */
  readonly root: string
  readonly roots: readonly GraphRoot[]
  /** In the order of the references. */
  readonly files: readonly InputFile[]
  /** The real path of every file, each once, sorted. */
  readonly realFiles: readonly string[]
  /** Every link in the path of a file or a root, each once, sorted by path. */
  readonly links: readonly FollowedLink[]
  /** Paths whose absence is part of the input: a second kustomization name that appears changes the build. */
  readonly absent: readonly string[]
  readonly generators: readonly GeneratorEntry[]
  readonly missing: readonly MissingInput[]
  readonly remotes: readonly RemoteInput[]
  readonly charts: readonly ChartInput[]
  /** All problems except for `missing`, in the order of the walk. */
  readonly faults: readonly KustomizeFault[]
}

/** An empty graph of a root. */
export function emptyGraph(root: string): InputGraph {
  return {
    root,
    roots: [],
    files: [],
    realFiles: [],
    links: [],
    absent: [],
    generators: [],
    missing: [],
    remotes: [],
    charts: [],
    faults: [],
  }
}
