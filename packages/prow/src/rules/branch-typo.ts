import { type Finding, type Position } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import { example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** A branch that a job names. */
interface Mention {
  readonly repo: string
  readonly branch: string
  /** The field that names it. */
  readonly use: string
  readonly job: EffectiveJob
  readonly position: Position
}

/** A plain name, without syntax of an expression. A dot may be part of a name. */
const PLAIN = /^\^?([\w./-]+)\$?$/u

/** An expression for branches as a name: escaped characters as themselves, any number as 0. */
function asName(branch: string): string {
  return branch.replace(/(?:\\d|\[0-9\])[+*]?/gu, '0').replace(/\\([.\-/])/gu, '$1')
}
const USUAL: readonly string[] = ['main', 'master', 'release', 'stable']

function mentions({ prow }: ProwCheck): Mention[] {
  return prow.jobs.flatMap((job) => {
    const at = (holder: object | undefined, key: string): Position =>
      (holder === undefined ? undefined : prow.origins.positionOfField(holder, key)) ?? job.position
    const own = (['branches', 'skip_branches'] as const).flatMap((field) => {
      const list = job.written[field]
      const holder = Array.isArray(list) ? list : undefined
      return textsOf(job.written, field).map((branch, index) => ({
        repo: job.repo ?? '',
        branch,
        use: field,
        job,
        position: at(holder, String(index)),
      }))
    })
    const refs = mapsOf(job.written, 'extra_refs').map((ref) => ({
      repo: `${textOf(ref, 'org')}/${textOf(ref, 'repo')}`,
      branch: textOf(ref, 'base_ref'),
      use: 'base_ref',
      job,
      position: at(ref, 'base_ref'),
    }))
    return [...own, ...refs].flatMap((mention) => {
      const plain = PLAIN.exec(asName(mention.branch))?.[1]
      return plain === undefined || /^[0-9a-f]{40}$/u.test(plain) ? [] : [{ ...mention, branch: plain }]
    })
  })
}

const wordsOf = (branch: string): string[] => branch.match(/[a-z]+/giu) ?? []
const numbersOf = (branch: string): string[] => branch.match(/\d+/gu) ?? []

/** A name without the `v` of its version. */
const withoutV = (branch: string): string => branch.replace(/\bv(?=\d)/gu, '')

/** The places that name each branch of a repository. */
type Mentioned = ReadonlyMap<string, readonly Mention[]>

/**
 * The more frequent name that differs only by the `v` of a version: `release-0.0` for `release-v0.0`. Only names in one field are
 * compared, since a job may skip branches and run for tags, and no job has both.
 */
function meantVersion(branch: string, mentioned: Mentioned): string | undefined {
  const own = mentioned.get(branch) ?? []
  const found = [...mentioned].find(([other, mentions]) => {
    if (other === branch || withoutV(other) !== withoutV(branch)) return false
    const same = mentions.filter(({ use }) => own.every((each) => each.use === use))
    return same.length >= 3 * own.length && !own.some(({ job }) => mentions.some((each) => each.job === job))
  })
  return found?.[0]
}

/** The more frequent branch that a rare one is probably a misspelling of. */
function meant(branch: string, mentioned: Mentioned): string | undefined {
  const version = meantVersion(branch, mentioned)
  if (version !== undefined) return version
  const counts = new Map([...mentioned].map(([name, mentions]) => [name, mentions.length]))
  const own = counts.get(branch) ?? 0
  for (const [other, count] of counts) {
    if (other === branch || count < 3 * own) continue
    if (numbersOf(other).join() !== numbersOf(branch).join()) continue
    // Only the separators differ: release-1-13 for release-1.13.
    if (wordsOf(other).join() === wordsOf(branch).join() && other.length === branch.length) return other
  }
  const usual = new Set([
    ...USUAL,
    ...[...counts].filter(([, count]) => count >= 3 * own).flatMap(([other]) => wordsOf(other)),
  ])
  const words = wordsOf(branch)
  for (const word of words) {
    if (word.length < 4 || usual.has(word)) continue
    const right = [...usual].find((known) => known.length >= 4 && isTypo(word, known))
    // If both spellings are common, they are two names.
    if (right !== undefined) return branch.replace(word, right)
  }
  return undefined
}

/** Whether two words differ by one missing, additional, different or swapped letter. */
export function isTypo(word: string, known: string): boolean {
  if (word === known || Math.abs(word.length - known.length) > 1) return false
  let start = 0
  while (start < word.length && word[start] === known[start]) start++
  let end = 0
  while (end < Math.min(word.length, known.length) - start && word.at(-1 - end) === known.at(-1 - end)) end++
  const [left, right] = [word.slice(start, word.length - end), known.slice(start, known.length - end)]
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === `${right[1]}${right[0]}`)
}

/** Branch names that look misspelt. */
export const branchTypo: Rule<ProwCheck> = {
  name: 'branch-typo',
  severity: 'warning',
  doc: 'The name of a branch differs slightly from one that other jobs of the repository use.',
  check(input) {
    const byRepository = new Map<string, Mention[]>()
    for (const mention of mentions(input)) {
      const list = byRepository.get(mention.repo)
      if (list === undefined) byRepository.set(mention.repo, [mention])
      else list.push(mention)
    }
    return [...byRepository.values()].flatMap((list) => {
      const mentioned = new Map<string, Mention[]>()
      for (const mention of list) {
        const known = mentioned.get(mention.branch)
        if (known === undefined) mentioned.set(mention.branch, [mention])
        else known.push(mention)
      }
      const meanings = new Map([...mentioned.keys()].map((branch) => [branch, meant(branch, mentioned)]))
      return list.flatMap(({ branch, job, position }): Finding[] => {
        const right = meanings.get(branch)
        if (right === undefined) return []
        return [
          {
            rule: 'branch-typo',
            severity: 'warning',
            message: `${nameOf(job)} runs for ${branch}, which looks like ${right}`,
            position,
            hint: `write ${right}, if that is the branch`,
          },
        ]
      })
    })
  },
  examples: {
    fires: [
      example('a typo in an expression', {
        jobs: `presubmits:
  o/r:
  - {name: a, branches: ['release-\\d+\\.\\d+'], SPEC}
  - {name: b, branches: ['^relase-\\d+\\.\\d+$'], SPEC}`,
      }),
      example('a missing letter', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, branches: [relase-1.3], SPEC}',
      }),
      example('versions without the v of the other jobs', {
        jobs: `presubmits:
  o/r:
  - {name: a, skip_branches: ['release-v\\d+\\.\\d+'], SPEC}
  - {name: b, skip_branches: ['release-v\\d+\\.\\d+'], SPEC}
  - {name: c, skip_branches: ['release-v\\d+\\.\\d+'], SPEC}
  - {name: d, skip_branches: ['release-\\d+\\.\\d+'], SPEC}`,
      }),
      example('another separator', {
        jobs: `presubmits:
  o/r:
  - {name: a, branches: [release-1.13], SPEC}
  - {name: b, branches: [release-1.13], SPEC}
  - {name: c, branches: [release-1.13], SPEC}
  - {name: d, branches: [release-1-13], SPEC}`,
      }),
    ],
    silent: [
      example('two kinds of versions in one job', {
        jobs: `presubmits:
  o/r:
  - {name: a, skip_branches: ['release-v\\d+\\.\\d+', 'release-\\d+\\.\\d+'], SPEC}
  - {name: b, skip_branches: ['release-v\\d+\\.\\d+'], SPEC}
  - {name: c, skip_branches: ['release-v\\d+\\.\\d+'], SPEC}`,
      }),
      example('tags in another field', {
        jobs: `presubmits:
  o/r:
  - {name: a, skip_branches: ['release-\\d+\\.\\d+'], SPEC}
  - {name: b, skip_branches: ['release-\\d+\\.\\d+'], SPEC}
  - {name: c, skip_branches: ['release-\\d+\\.\\d+'], SPEC}
postsubmits:
  o/r:
  - {name: d, branches: ['release-v\\d+\\.\\d+'], SPEC}`,
      }),
      example('versions', {
        jobs: `presubmits:
  o/r:
  - {name: a, branches: [release-1.1, release-1.2, release-1.3, release-11.3, release-v1.1], SPEC}
  - {name: b, branches: [release-1.1, release-1.2, main], SPEC}
  - {name: c, branches: [release-1.1, release-1.2, mainline, "^release-.*$"], SPEC}`,
      }),
      example('a commit', {
        jobs: 'periodics:\n- {name: a, interval: 1h, extra_refs: [{org: o, repo: r, base_ref: 0123456789abcdef0123456789abcdef01234567}], SPEC}',
      }),
    ],
  },
}
