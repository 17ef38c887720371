import { posix } from 'node:path'

import { KUBEVIRT_CONFIGS } from '../config-defaults.ts'
import type { Survey } from './survey.ts'

/** Prow's own files, relative to the workspace. */
export interface FoundProw {
  readonly config: string
  readonly plugins: string | undefined
  /** The folder of job files. */
  readonly jobs: string | undefined
  /** How many job files there are. */
  readonly count: number
}

/** Keys of Prow's config. A `config.yaml` with two of them is Prow's. */
const PROW_KEYS = ['plank', 'prowjob_namespace', 'pod_namespace', 'tide', 'deck', 'sinker', 'horologium']
const CONFIG = 'config.yaml'
const PLUGINS = 'plugins.yaml'
/** Usual folders of job files, relative to the folder of the config. */
const JOBS = ['jobs', '../jobs']

/** Prow's config, with the plugins and jobs near it. Undefined when there is none, or when it is at the default place and needs no key. */
export function findProw(survey: Survey): FoundProw | undefined {
  const config = survey.files.find((path) => posix.basename(path) === CONFIG && isProwConfig(survey, path))
  if (config === undefined || survey.has(`${KUBEVIRT_CONFIGS.base}/${CONFIG}`)) return undefined
  const folder = posix.dirname(config)
  const plugins = posix.join(folder, PLUGINS)
  const jobs = JOBS.map((place) => posix.join(folder, place)).find((place) => countFiles(survey, place) > 0)
  return {
    config,
    plugins: survey.has(plugins) ? plugins : undefined,
    jobs,
    count: jobs === undefined ? 0 : countFiles(survey, jobs),
  }
}

function countFiles(survey: Survey, folder: string): number {
  return survey.files.filter((path) => path.startsWith(`${folder}/`) && /\.ya?ml$/u.test(path)).length
}

function isProwConfig(survey: Survey, path: string): boolean {
  const keys = Object.keys(survey.readMap(path) ?? {})
  return PROW_KEYS.filter((key) => keys.includes(key)).length > 1
}
