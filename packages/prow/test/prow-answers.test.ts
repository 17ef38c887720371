import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { cronFault } from '../src/rules/cron.ts'
import { matchesGlob } from '../src/rules/zglob.ts'
import { checkProw, readProwCheck } from '../src/index.ts'
import { generateConfiguration } from './support/generated.ts'
import { MATCHES, SCHEDULES } from './support/questions.ts'
import { fileOf } from './support/read-tree.ts'

const read = (name: string): Buffer => readFileSync(new URL(`vectors/${name}`, import.meta.url))
const answers: { cron: boolean[]; match: (boolean | { error: string })[] } = JSON.parse(
  read('answers.json').toString(),
)

test('a schedule is valid exactly when it is for Prow', () => {
  const differing = SCHEDULES.filter((text, index) => (cronFault(text) === undefined) !== answers.cron[index])
  expect(differing).toEqual([])
})

test('a glob of config_updater matches exactly when it does in go-zglob', () => {
  const differing = MATCHES.filter(
    ({ Pattern, Path }, index) => matchesGlob(Pattern, Path) !== (answers.match[index] === true),
  )
  expect(differing).toEqual([])
})

const loaded = gunzipSync(read('generated.ndjson.gz'))
  .toString()
  .trim()
  .split('\n')
  .map((line): { error?: string } => JSON.parse(line))

test('the rules report an error exactly for the configurations that Prow refuses', () => {
  const differing = loaded.flatMap(({ error }, seed) => {
    const { config, jobs } = generateConfiguration(seed)
    const findings = checkProw(
      readProwCheck({
        config: fileOf('config.yaml', config),
        jobs: Object.entries(jobs).map(([path, text]) => fileOf(path, text)),
      }),
    )
    const found = findings.filter(({ severity }) => severity === 'error')
    return found.length > 0 === (error !== undefined) ? [] : [{ seed, error, found }]
  })
  expect(differing.slice(0, 3)).toEqual([])
})
