import { posix } from 'node:path'

import { KUBEVIRT_CONFIGS } from '../config-defaults.ts'
import { findJobFolders, type JobFolder } from './find-job-folders.ts'
import type { Survey } from './survey.ts'
import { isTestData } from './test-data.ts'

/** Prow's own files, relative to the workspace. */
export interface FoundProw {
  /** Undefined for a tree that has only jobs. */
  readonly config: string | undefined
  readonly plugins: string | undefined
  readonly jobs: readonly JobFolder[]
  /** The configs of other Prow instances in the same tree. */
  readonly others: readonly string[]
}

/** Keys of Prow's config. A `config.yaml` with two of them is Prow's. */
const PROW_KEYS = ['plank', 'prowjob_namespace', 'pod_namespace', 'tide', 'deck', 'sinker', 'horologium']
const CONFIG = 'config.yaml'
const PLUGINS = 'plugins.yaml'

/** Prow's config, with its plugins and jobs. Undefined when there is none, or when it is at the default place and needs no key. */
export function findProw(survey: Survey): FoundProw | undefined {
  if (survey.has(`${KUBEVIRT_CONFIGS.base}/${CONFIG}`)) return undefined
  const configs = survey.files.filter((path) => isProwConfig(survey, path))
  const [config, ...others] = configs
  const jobs = findJobFolders(survey, configs)
  if (config === undefined) {
    // Without a config nothing says that a folder above the workspace belongs to it.
    const own = jobs.filter(({ path }) => !path.startsWith('../'))
    return own.length === 0 ? undefined : { config, plugins: undefined, jobs: own, others }
  }
  const plugins = posix.join(posix.dirname(config), PLUGINS)
  const isOwn = ({ path }: JobFolder): boolean =>
    others.every((other) => sharedDepth(path, config) >= sharedDepth(path, other))
  return { config, plugins: survey.has(plugins) ? plugins : undefined, jobs: jobs.filter(isOwn), others }
}

/** The number of folders that two paths have in common. */
function sharedDepth(path: string, other: string): number {
  const names = posix.dirname(other).split('/')
  const differs = path.split('/').findIndex((name, index) => name !== names[index])
  return differs === -1 ? names.length : differs
}

function isProwConfig(survey: Survey, path: string): boolean {
  if (posix.basename(path) !== CONFIG || isTestData(path)) return false
  const keys = Object.keys(survey.readMap(path) ?? {})
  return PROW_KEYS.filter((key) => keys.includes(key)).length > 1
}
