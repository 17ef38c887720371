import type { ValueMap } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { type DecodedFile, readFile, type SourceFile } from '../decode/read-file.ts'
import { type EffectiveJob, LoadMemory, loadProw, type Prow } from '../jobs/load-prow.ts'
import type { Example } from '@overlay-render/check'

/** An object of a cluster, as far as jobs and configs refer to it. */
export interface ClusterObject {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** The object itself, where it is known: services, ingresses and deployments are looked into. */
  readonly value?: ValueMap | undefined
}

/** What one context holds: what its overlay renders, and what `provides:` declares. */
export interface Cluster {
  readonly context: string
  /** The overlay that feeds it; undefined when only declared. */
  readonly overlay: string | undefined
  readonly objects: readonly ClusterObject[]
}

/** The repository that the configuration is kept in. */
export interface Repository {
  /** `org/repo` */
  readonly name: string
  /** Every tracked path, relative to its top folder. */
  readonly files: readonly string[]
  /** The size of a file in bytes; asked for few. */
  readonly sizeOf: (path: string) => number
}

/** A repository whose files are known with their sizes. */
export function repositoryOf(name: string, files: Readonly<Record<string, number>>): Repository {
  return { name, files: Object.keys(files), sizeOf: (path) => files[path] ?? 0 }
}

/** An overlay as far as its deployment is checked. Paths are relative to the repository's top folder. */
export interface DeployedOverlay {
  readonly name: string
  /** Every file that its render reads, and the declared deploy files. */
  readonly inputs: readonly string[]
  /** ConfigMaps that it renders with a patch script. */
  readonly patchedConfigMaps: readonly {
    readonly namespace: string
    readonly name: string
    readonly base: string
  }[]
}

/** What rules about Prow look at. What is undefined is not known, and what depends on it is not checked. */
export interface ProwCheck {
  readonly prow: Prow
  readonly plugins: DecodedFile | undefined
  /** The build clusters that jobs may name. */
  readonly contexts: readonly string[] | undefined
  readonly clusters: readonly Cluster[]
  readonly repository: Repository | undefined
  readonly overlays: readonly DeployedOverlay[]
}

/** The parts of a check that are given as files and facts. */
export interface ProwCheckSource {
  readonly config?: SourceFile | undefined
  readonly plugins?: SourceFile | undefined
  readonly jobs: readonly SourceFile[]
  readonly folder?: string | undefined
  readonly contexts?: readonly string[] | undefined
  readonly clusters?: readonly Cluster[] | undefined
  readonly repository?: Repository | undefined
  readonly overlays?: readonly DeployedOverlay[] | undefined
}

/** Reads the files that a check is about. */
export function readProwCheck(source: ProwCheckSource, memory: LoadMemory = new LoadMemory()): ProwCheck {
  const { clusters = [], overlays = [] } = source
  return {
    prow: loadProw(source, memory),
    plugins:
      source.plugins === undefined
        ? undefined
        : readFile(source.plugins, 'plugins.Configuration', memory.origins),
    contexts: source.contexts,
    clusters,
    repository: source.repository,
    overlays,
  }
}

/** A finding at a field of a job, or at its name when nobody wrote the field. */
export function atField(
  { prow }: ProwCheck,
  job: EffectiveJob,
  field: string,
  finding: Omit<Finding, 'position'>,
): Finding {
  const position =
    prow.origins.originOf(job.written, field) === undefined
      ? undefined
      : prow.origins.positionOfField(job.written, field)
  return { ...finding, position: position ?? job.position }
}

/** `presubmit pull-unit of org/repo` */
export function nameOf({ type, repo, name }: EffectiveJob): string {
  return repo === undefined ? `${type} ${name}` : `${type} ${name} of ${repo}`
}

const SPEC = 'spec: {containers: [{image: i, command: [make]}]}'

/** Example inputs, written as files. In job files `SPEC` is a pod that Prow takes. */
export function example(
  says: string,
  files: { jobs?: string; config?: string; plugins?: string },
  facts: Omit<ProwCheckSource, 'jobs' | 'config' | 'plugins'> = {},
): Example<ProwCheck> {
  const file = (path: string, text: string | undefined): SourceFile | undefined =>
    text === undefined ? undefined : { path, bytes: Buffer.from(text.replaceAll('SPEC', SPEC)) }
  return {
    says,
    input: () =>
      readProwCheck({
        ...facts,
        config: file('config.yaml', files.config),
        plugins: file('plugins.yaml', files.plugins),
        jobs: [file('jobs.yaml', files.jobs) ?? []].flat(),
      }),
  }
}
