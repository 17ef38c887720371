import type { ValueMap } from '@overlay-render/golden'

import type { Origins } from '../decode/origins.ts'
import { childrenOf, type JobPath, type Place, viaOf } from './job-places.ts'

/** Formats a path: `spec.containers[0].env[name=GOPROXY].value`. */
export function formatPath(path: JobPath): string {
  return path
    .map((step) => {
      if (typeof step === 'string') return /^[\w-]+$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
      return step.name === undefined ? `[${step.index}]` : `[name=${step.name}]`
    })
    .join('')
    .replace(/^\./u, '')
}

/**
 * The places of a job that a path selects. Steps are separated by dots; a list item is selected by `[2]`, `[name=x]`, or a step
 * that is its index or name. Without a path: every field of the job.
 */
export function findInJob(job: ValueMap, path: string | undefined, origins: Origins): Place[] {
  const start = { value: job, path: [], via: undefined }
  const steps = splitPath(path ?? '')
  if (steps.length === 0) return childrenOf(start)
  let places: Place[] = [{ ...start, holder: job, key: '' }]
  for (const step of steps) {
    places = places.flatMap((place) =>
      childrenOf({ ...place, via: viaOf(place, origins) }).filter((child) => isNamed(child, step)),
    )
  }
  return places
}

function isNamed({ key, path }: Place, step: string): boolean {
  const last = path.at(-1)
  return key === step || (typeof last === 'object' && last.name === step)
}

function splitPath(path: string): string[] {
  const steps: string[] = []
  for (const [, quoted, name, plain] of path.matchAll(
    /\["((?:[^"\\]|\\.)*)"\]|\[(?:name=)?([^\]]*)\]|([^.[\]]+)/gu,
  )) {
    steps.push(quoted ?? name ?? plain ?? '')
  }
  return steps.filter((step) => step !== '')
}
