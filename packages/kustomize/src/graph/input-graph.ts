import type { FollowedLink, Position } from '@overlay-render/system'

import type { KustomizeFault } from '../kustomize-fault.ts'

/** What a file is to the kustomization that names it. */
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

/** How a path is written, and where. */
export interface Mention {
  /** The path as written, without the key of a generator's `key=path`. */
  readonly written: string
  /** Absolute and clean, links not followed. */
  readonly path: string
  /** `path` as messages show it. */
  readonly shown: string
  readonly role: InputRole
  /** Where it is named; undefined only for the kustomization of the root itself. */
  readonly position: Position | undefined
  /** The real path of the root whose kustomization names it. */
  readonly root: string
}

/** A file that a build reads. A file named twice is two inputs. */
export interface InputFile extends Mention {
  /** Its real place, no link on the way. */
  readonly real: string
  /** The links that were followed to get there, in order. */
  readonly links: readonly FollowedLink[]
}

/** A file that a kustomization names and that is not there. */
export interface MissingInput extends Mention {
  /** Where the file would be: `path` with the links that do exist followed. */
  readonly real: string
  /** The generator that wants it, for the four generator roles. */
  readonly generator: GeneratorName | undefined
  /** The error to throw if nothing is done about it. */
  readonly fault: KustomizeFault
}

/** A folder with a kustomization. */
export interface GraphRoot {
  /** Its real path. */
  readonly path: string
  readonly kind: 'Kustomization' | 'Component'
  /** The real path of its kustomization file. */
  readonly kustomization: string
  /** The roots that name it; empty for the root of the build. */
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
  /** Where it is or would be, links followed. */
  readonly real: string
  readonly exists: boolean
  readonly position: Position
}

/** A URL or a git remote that a kustomization names. */
export interface RemoteInput {
  /** As written, except a user and password in a URL. */
  readonly written: string
  readonly form: 'url' | 'git'
  readonly position: Position
  /** What the file would be to the kustomization; a folder is a `resource`. */
  readonly role: InputRole
  /** The real path of the root whose kustomization names it. */
  readonly root: string
  /** The real path of the file that names it, and where in its text. */
  readonly named: { readonly file: string; readonly at: number }
}

/** A helm chart that a kustomization has rendered. */
export interface ChartInput {
  readonly name: string
  /** The chart repository; undefined for a chart that is in the tree. */
  readonly repo: string | undefined
  readonly version: string | undefined
  /** Where kustomize looks for the chart: absolute and clean, links not followed. */
  readonly folder: string
  /** Whether it is there. */
  readonly isThere: boolean
  readonly position: Position
}

/** Everything that a build of one root reads. */
export interface InputGraph {
  /** The real path of the folder that is built. */
  readonly root: string
  readonly roots: readonly GraphRoot[]
  /** In the order in which the kustomizations name them. */
  readonly files: readonly InputFile[]
  /** The real path of every file, each once, sorted. */
  readonly realFiles: readonly string[]
  /** Every link on the way to a file or a root, each once, sorted by path. */
  readonly links: readonly FollowedLink[]
  /** Paths whose absence is part of the input: a second kustomization name that appears changes the build. */
  readonly absent: readonly string[]
  readonly generators: readonly GeneratorEntry[]
  readonly missing: readonly MissingInput[]
  readonly remotes: readonly RemoteInput[]
  readonly charts: readonly ChartInput[]
  /** All that is wrong except for `missing`, in the order of the walk. */
  readonly faults: readonly KustomizeFault[]
}

/** The graph of a root of which nothing is known. */
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
