import { memberAt, isMap, type ValueMap } from '@overlay-render/golden'
import type { Finding, Position } from '@overlay-render/system'

import { type DecodedFile, readFile, type SourceFile } from '../decode/read-file.ts'
import { type EffectiveJob, LoadMemory, loadProw, type Prow } from '../jobs/load-prow.ts'
import type { Example } from '@overlay-render/check'
import type { DeployedConfig } from './deployed-config.ts'

/** An object in a cluster. */
export interface ClusterObject {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** The object itself, if it is known. Services, ingresses and deployments are read. */
  readonly value?: ValueMap | undefined
  /** Where the sources have a field of it, or the nearest parent that they have; absent when there are no sources. */
  readonly sourceOf?: ((field: readonly (string | number)[]) => Position | undefined) | undefined
}

/** The objects in one context: those that its overlay renders, and those that `provides` declares. */
export interface Cluster {
  readonly context: string
  /** The overlay that is deployed to it; undefined when it is only declared. */
  readonly overlay: string | undefined
  readonly objects: readonly ClusterObject[]
  /** Prow's config as the overlay deploys it; `base` where it deploys the base config, undefined where it deploys none. */
  readonly config?: DeployedConfig | 'base' | undefined
}

/** The repository that contains the configuration. */
export interface Repository {
  /** Its name, `org/repo`. */
  readonly name: string
  /** Every tracked path, relative to its top folder. */
  readonly files: readonly string[]
  /** The size of a file in bytes. */
  readonly sizeOf: (path: string) => number
}

/** A repository with files of the given sizes. */
export function repositoryOf(name: string, files: Readonly<Record<string, number>>): Repository {
  return { name, files: Object.keys(files), sizeOf: (path) => files[path] ?? 0 }
}

/** What the rules need of an overlay. Paths are relative to the top folder of the repository. */
export interface DeployedOverlay {
  readonly name: string
  /** Every file that its render reads, and the declared deploy files. */
  readonly inputs: readonly string[]
  /** The ConfigMaps that it renders with a patch script. */
  readonly patchedConfigMaps: readonly {
    readonly namespace: string
    readonly name: string
    readonly base: string
  }[]
}

/** The input of the rules about Prow. Undefined parts are unknown, and rules that need them report nothing. */
export interface ProwCheck {
  readonly prow: Prow
  readonly plugins: DecodedFile | undefined
  /** The build clusters that jobs may name. */
  readonly contexts: readonly string[] | undefined
  readonly clusters: readonly Cluster[]
  readonly repository: Repository | undefined
  readonly overlays: readonly DeployedOverlay[]
}

/** The files and facts that a check reads. */
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

/** Reads the files of a check. */
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

/** The value of the config that a cluster runs Prow with: without a deployed one, that of the tree. */
export function configOf({ prow }: ProwCheck, config: Cluster['config']): ValueMap {
  return config === undefined || config === 'base' ? prow.config : config.value
}

/** Where a path of that config is written: in the patch script, or else in the base. */
export function positionInConfig(
  { prow }: ProwCheck,
  config: Cluster['config'],
  path: readonly string[],
): Position | undefined {
  const set = config === undefined || config === 'base' ? undefined : config.setBy(path)
  if (set !== undefined) return set
  const holder = path.length === 1 ? prow.config : memberAt(prow.config, ...path.slice(0, -1))
  return isMap(holder) ? prow.origins.positionOfField(holder, path.at(-1) ?? '') : undefined
}

/** A finding at a field of a job, or at its name if the field is not written. */
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

/** The name of a job in messages: `presubmit pull-unit of org/repo`. */
export function nameOf({ type, repo, name }: EffectiveJob): string {
  return repo === undefined ? `${type} ${name}` : `${type} ${name} of ${repo}`
}

const SPEC = 'spec: {containers: [{image: i, command: [make]}]}'

/** An example, given as files. In job files `SPEC` is a valid pod. */
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
