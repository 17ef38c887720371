import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textOf } from '../jobs/repository.ts'
import { alternativesOf } from './alternatives.ts'
import { atField, example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

const FIELDS = ['run_if_changed', 'skip_if_only_changed'] as const

/** Alternatives without the anchor of the others. A suffix such as `\.go$` needs none. */
function unanchored(pattern: string): string[] {
  const alternatives = alternativesOf(pattern)
  const starts = (text: string): boolean => /^(?:\^|\(\^|\(\?:\^|\.\*)/u.test(text)
  if (!alternatives.some((text) => text.startsWith('^'))) return []
  return alternatives.filter((text) => text !== '' && !starts(text) && !isSuffix(text))
}

function isSuffix(text: string): boolean {
  return text.endsWith('$') && !text.endsWith('.*$') && !text.endsWith('\\$')
}

/** Alternatives that lack an anchor. */
export const unanchoredChange: Rule<ProwCheck> = {
  name: 'unanchored-change',
  severity: 'warning',
  doc: 'The ^ of an expression applies only to its first alternative.',
  check(input) {
    const byPattern = new Map<string, { field: (typeof FIELDS)[number]; jobs: EffectiveJob[] }>()
    for (const job of input.prow.jobs) {
      for (const field of FIELDS) {
        const pattern = textOf(job.written, field)
        const known = byPattern.get(`${job.repo} ${pattern}`)
        if (known !== undefined) known.jobs.push(job)
        else if (unanchored(pattern).length > 0)
          byPattern.set(`${job.repo} ${pattern}`, { field, jobs: [job] })
      }
    }
    return [...byPattern.values()].flatMap(({ field, jobs }): Finding[] => {
      const [first] = jobs
      if (first === undefined) return []
      const loose = unanchored(textOf(first.written, field))
      const who = jobs.length === 1 ? first.name : `${jobs.length} jobs`
      return [
        atField(input, first, field, {
          rule: 'unanchored-change',
          severity: 'warning',
          message: `${field} of ${who}: the ^ does not apply to ${loose.join(' and ')}, which match anywhere in a path`,
          hint: 'put the alternatives into a group, ^(a|b), or a ^ before each',
        }),
      ]
    })
  },
  examples: {
    fires: [
      example('one of two alternatives', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "^pkg/.*|tests/.*$", SPEC}',
      }),
      example('a file name', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "^(a|b)/.*|go.mod", SPEC}',
      }),
    ],
    silent: [
      example('no anchor', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "pkg/.*|go.mod", SPEC}',
      }),
      example('an anchor for each alternative', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "^pkg/.*|^go\\\\.mod$", SPEC}',
      }),
      example('a group', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "^(pkg/.*|go.mod)$", SPEC}',
      }),
      example('suffixes', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "((\\\\.sh)|^Makefile)$", SPEC}',
      }),
    ],
  },
}
