import { posix } from 'node:path'

import type { Survey } from './survey.ts'
import { isTestData } from './test-data.ts'

/** A folder of Prow's job files, relative to the workspace. */
export interface JobFolder {
  readonly path: string
  /** How many job files there are. */
  readonly count: number
}

/** Generated job files can have several megabytes. */
const MAX_JOBS = 8 * 1024 * 1024
const JOB_KEY = /^(?:presubmits|postsubmits|periodics):/mu
/** The share of job files among the YAML files of a folder that counts as one of jobs. A template beside them does no harm. */
const MOST = 0.9

/**
 * The topmost folders in which nearly all YAML files are job files: Prow reads every YAML file below such a folder. Folders that
 * have `jobs` in their names are preferred. The workspace itself is none of them, because its configuration and its goldens
 * would be read as jobs.
 *
 * @param configs Prow's configs, which may contain jobs but are no job files
 */
export function findJobFolders(survey: Survey, configs: readonly string[]): JobFolder[] {
  const files = survey.files.filter(isCandidate)
  const jobs = files.filter(
    (path) => !configs.includes(path) && JOB_KEY.test(survey.read(path, MAX_JOBS) ?? ''),
  )
  const all = countBelow(files)
  const counts = countBelow(jobs)
  const isOfJobs = (folder: string): boolean =>
    isFolder(folder) && (counts.get(folder) ?? 0) >= MOST * (all.get(folder) ?? 0)
  const bestAbove = (start: string): string => {
    const chain = [start]
    for (let folder = posix.dirname(start); isOfJobs(folder); folder = posix.dirname(folder))
      chain.push(folder)
    return chain.findLast((folder) => isNamedJobs(folder)) ?? chain.at(-1) ?? start
  }
  const found = new Set(
    jobs
      .map((path) => posix.dirname(path))
      .filter(isFolder)
      .map(bestAbove),
  )
  // Where folders are named after jobs, others are those of tools and their tests.
  const named = [...found].filter(isNamedJobs)
  const chosen = named.length > 0 ? named : [...found]
  return chosen
    .filter((path) => !chosen.some((other) => path.startsWith(`${other}/`)))
    .sort()
    .map((path) => ({ path, count: counts.get(path) ?? 0 }))
}

function isNamedJobs(folder: string): boolean {
  return posix.basename(folder).includes('jobs')
}

/** Hidden files are those of in-repo configuration, such as `.prow.yaml`, which have another shape. */
function isCandidate(path: string): boolean {
  return /\.ya?ml$/u.test(path) && !/(?:^|\/)\.[^./]/u.test(path) && !isTestData(path)
}

/** Not the workspace itself, and no folder above it. */
function isFolder(path: string): boolean {
  return path !== '.' && posix.basename(path) !== '..'
}

/** The number of files below each folder. */
function countBelow(files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const file of files) {
    for (let folder = posix.dirname(file); isFolder(folder); folder = posix.dirname(folder))
      counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return counts
}
