import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cwd } from 'node:process'
import { gunzipSync } from 'node:zlib'

import type { Case } from '../vectors/cases/case.ts'
import type { Verdict } from './oracle.ts'

/** A recorded run of the real yq. */
export interface Vector extends Case, Verdict {
  readonly expression: string
}

const folder = join(cwd(), 'test/vectors/yq-4')

/** The names of the recorded families. */
export function vectorFamilies(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson.gz'))
    .map((name) => name.slice(0, -'.ndjson.gz'.length))
}

export function readVectors(family: string): Vector[] {
  return readLines<Vector>(join(folder, `${family}.ndjson.gz`))
}

/** Parses a gzip file with one JSON value per line. */
export function readLines<T>(path: string): T[] {
  const text = gunzipSync(readFileSync(path)).toString('utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line): T => JSON.parse(line))
}
