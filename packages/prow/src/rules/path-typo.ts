import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textOf } from '../jobs/repository.ts'
import { isTypo } from './branch-typo.ts'
import { atField, example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** Words long enough that an additional letter is a typing error. */
const WORD = /[a-z]{6,}/giu

/** Whether a word has a tripled letter that the known word has twice: `controlller`. */
function doubledLetter(word: string, known: string): boolean {
  return word.length === known.length + 1 && isTypo(word, known) && /(.)\1\1/u.test(word)
}

/** No word has another letter three times in a row; `www` and the number `iii` are names. */
const NEVER_TRIPLED = /([^iwx])\1\1/iu

/** Tripled letters in run_if_changed. */
export const pathTypo: Rule<ProwCheck> = {
  name: 'path-typo',
  severity: 'warning',
  doc: 'A path in run_if_changed has a letter three times in a row.',
  check(input) {
    const words = new Map<string, Set<string>>()
    const patternOf = (job: EffectiveJob): string => textOf(job.written, 'run_if_changed')
    for (const job of input.prow.jobs) {
      const known = words.get(job.repo ?? '') ?? new Set()
      for (const [word] of patternOf(job).matchAll(WORD)) known.add(word)
      words.set(job.repo ?? '', known)
    }
    const wrong = new Map<string, { right: string | undefined; jobs: EffectiveJob[] }>()
    for (const job of input.prow.jobs) {
      const known = [...(words.get(job.repo ?? '') ?? [])]
      for (const word of new Set(patternOf(job).match(WORD) ?? [])) {
        if (!/(.)\1\1/u.test(word)) continue
        const right = known.find((other) => doubledLetter(word, other))
        if (right === undefined && !NEVER_TRIPLED.test(word)) continue
        const entry = wrong.get(`${job.repo} ${word}`)
        if (entry === undefined) wrong.set(`${job.repo} ${word}`, { right, jobs: [job] })
        else entry.jobs.push(job)
      }
    }
    return [...wrong].flatMap(([key, { right, jobs }]): Finding[] => {
      const [first] = jobs
      const word = key.slice(key.lastIndexOf(' ') + 1)
      if (first === undefined) return []
      return [
        atField(input, first, 'run_if_changed', {
          rule: 'path-typo',
          severity: 'warning',
          message: `run_if_changed of ${jobs.length === 1 ? first.name : `${jobs.length} jobs`} has ${word}, ${right === undefined ? 'with a letter three times in a row' : `where other jobs have ${right}`}`,
          hint: `write ${right ?? word.replace(/(.)\1\1/gu, '$1$1')}`,
        }),
      ]
    })
  },
  examples: {
    fires: [
      example('controlller, where others have controller', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: pkg/controlller/.*, SPEC}\n  - {name: b, run_if_changed: pkg/controller/.*, SPEC}',
      }),
      example('controlller in every job', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: pkg/controlller/.*, SPEC}',
      }),
    ],
    silent: [
      example('a name that has three', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: wwwroot/.*|phaseiii/.*, SPEC}',
      }),
      example('two folders', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: pkg/controllers/.*, SPEC}\n  - {name: b, run_if_changed: pkg/controller/.*, SPEC}',
      }),
    ],
  },
}
