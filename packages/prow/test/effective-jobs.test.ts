import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { toJson, type ValueMap } from '@overlay-render/golden'
import { describe, expect, test } from 'vitest'

import { loadProw, type Prow } from '../src/index.ts'
import { type Configuration, generateConfiguration } from './support/generated.ts'
import { askProw, corpus, DEPLOYMENTS, hasProw, type OracleJob } from './support/prow-oracle.ts'
import { fileOf, readTree } from './support/read-tree.ts'

/** Jobs in one order and form, to compare those of two sources. */
function comparable(
  jobs: readonly { type: string; repo?: string | undefined; file: string; job: ValueMap }[],
): string[] {
  return jobs.map(({ type, repo, file, job }) => toJson({ type, repo: repo ?? '', file, job })).toSorted()
}

function ours({ jobs }: Prow): string[] {
  return comparable(jobs.map(({ type, repo, position, job }) => ({ type, repo, file: position.file, job })))
}

function load({ config, jobs }: Configuration): Prow {
  return loadProw({
    config: fileOf('config.yaml', config),
    jobs: Object.entries(jobs).map(([path, text]) => fileOf(path, text)),
  })
}

const vectors = gunzipSync(readFileSync(new URL('vectors/generated.ndjson.gz', import.meta.url)))
  .toString()
  .trim()
  .split('\n')
  .map((line): { error?: string; jobs?: OracleJob[] } => JSON.parse(line))

test('the effective jobs of generated configurations equal those of Prow, field by field', () => {
  const differing = vectors.flatMap(({ jobs }, seed) => {
    if (jobs === undefined) return []
    const expected = comparable(jobs)
    const given = ours(load(generateConfiguration(seed)))
    return expected.join('\n') === given.join('\n') ? [] : [{ seed, expected, given }]
  })
  expect(differing.slice(0, 1)).toEqual([])
  expect(vectors.filter(({ jobs }) => jobs !== undefined).length).toBeGreaterThan(400)
})

test('what Prow cannot decode or merge is an error with a position', () => {
  const undecoded = vectors.flatMap(({ error }, seed) =>
    error !== undefined && /unmarshal|failed to merge presets/u.test(error) ? [{ seed, error }] : [],
  )
  expect(undecoded.length).toBeGreaterThan(30)
  const missed = undecoded.filter(({ seed }) => {
    const { findings } = load(generateConfiguration(seed))
    return !findings.some(({ severity, position }) => severity === 'error' && position !== undefined)
  })
  expect(missed).toEqual([])
})

test('what Prow accepts has no error', () => {
  const wrong = vectors.flatMap(({ error }, seed) => {
    if (error !== undefined) return []
    const { findings } = load(generateConfiguration(seed))
    return findings.some(({ severity }) => severity === 'error') ? [{ seed, findings }] : []
  })
  expect(wrong).toEqual([])
})

/** Digests of Prow's own output for the real deployments, so that the test also runs without Go. */
const digests: ReadonlyMap<string, string> = new Map(
  Object.entries(JSON.parse(readFileSync(new URL('vectors/corpus-digests.json', import.meta.url), 'utf8'))),
)

describe.skipIf(corpus === undefined)(
  `real deployments${corpus === undefined ? ' (skipped: needs the real trees in ../shared/corpus)' : ''}`,
  () => {
    test.each(Object.entries(DEPLOYMENTS))(
      'every effective job of %s equals that of Prow',
      (name, { config, jobs }) => {
        const root = corpus ?? ''
        const prow = loadProw({
          config: { path: 'config.yaml', bytes: readFileSync(join(root, config)) },
          jobs: readTree(join(root, jobs)),
        })
        const given = ours(prow)
        expect(given.length).toBeGreaterThan(600)
        expect(createHash('sha256').update(given.join('\n')).digest('hex')).toBe(digests.get(name))
        const asked = hasProw ? comparable(askProw(join(root, config), join(root, jobs))) : given
        expect(given).toEqual(asked)
        expect(prow.findings).toEqual([])
      },
    )
  },
)
