import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { loadApi } from '@overlay-render/kustomize'
import { makeTemporaryFolder } from '@overlay-render/system'
import { beforeAll, describe, expect, test } from 'vitest'

import { skipReason } from '../support/needs.ts'
import { kustomize454 } from '../support/oracles.ts'
import { CUSTOM_DEFINITION } from './custom-definition.ts'
import { type OurAnswer, ourAnswer, readDefinitions } from './our-answer.ts'
import { type RecordedVerdict, type VerdictCase, verdictCases } from './verdict-cases.ts'

const recorded = gunzipSync(readFileSync(join(import.meta.dirname, 'server-verdicts.ndjson.gz'))).toString()
const verdicts = new Map(
  recorded
    .trimEnd()
    .split('\n')
    .map((line): RecordedVerdict => JSON.parse(line))
    .map((verdict) => [verdict.name, verdict]),
)

const skipped = skipReason('kustomize')
describe.skipIf(skipped !== '')(
  `the rule schema gives the same verdicts as a real API server${skipped}`,
  () => {
    let asked: readonly {
      readonly each: VerdictCase
      readonly verdict: RecordedVerdict
      readonly ours: OurAnswer
    }[]

    beforeAll(async () => {
      const store = await makeTemporaryFolder('verdicts')
      const api = await loadApi({ path: kustomize454() ?? '', sha256: 'any' }, store.path)
      await store.dispose()
      if (api === undefined) throw new RangeError('kustomize 4.5.4 has no schema')
      const definitions = readDefinitions(CUSTOM_DEFINITION)
      asked = verdictCases(api).flatMap((each) => {
        const verdict = verdicts.get(each.name)
        return verdict === undefined
          ? []
          : [{ each, verdict, ours: ourAnswer(each.object, api, definitions) }]
      })
    })

    test('every recorded verdict is compared, and there are enough', () => {
      expect(asked.length, 'record again with node scripts/record/schema.js').toBe(verdicts.size)
      expect(asked.length).toBeGreaterThan(2000)
      expect(new Set(asked.map(({ verdict }) => verdict.answer)).size).toBe(3)
    })

    test('unknown fields and wrong types are the same', () => {
      const others = asked.filter(({ verdict, ours }) => ours.answer !== verdict.answer)
      expect(others.map(({ each, verdict, ours }) => [each.name, verdict.answer, ...ours.messages])).toEqual(
        [],
      )
    })

    test('no object that the server would store has a finding', () => {
      const kept = asked.filter(
        ({ each, verdict, ours }) => each.isValid && !verdict.isRefused && ours.messages.length > 0,
      )
      expect(kept.map(({ each, ours }) => [each.name, ...ours.messages])).toEqual([])
    })
  },
)
