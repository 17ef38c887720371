import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textOf, textsOf } from '../jobs/repository.ts'
import { alternativesOf, literalPrefix, writtenOut } from './alternatives.ts'
import { compileGo, matchesGo } from './go-regular-expression.ts'
import { atField, example, type ProwCheck, type Repository, repositoryOf } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

const BRANCHES: readonly string[] = ['main', 'master']

/** The known files are those of the main branch, so jobs for other branches are not checked. */
function isAboutTheseFiles({ repo, job }: EffectiveJob, { name }: Repository): boolean {
  if (repo !== name) return false
  const branches = textsOf(job, 'branches')
  return branches.length === 0 || BRANCHES.some((branch) => matchesGo(branches.join('|'), branch))
}

/** Finds files that match an alternative. It first compares the literal prefix, which is enough for most files. */
class Matcher {
  readonly #paths: readonly string[]
  readonly #known = new Map<string, boolean>()

  constructor({ files }: Repository) {
    this.#paths = files
  }

  matchesAny(alternative: string): boolean {
    const known = this.#known.get(alternative)
    if (known !== undefined) return known
    const compiled = compileGo(alternative)
    const prefix = literalPrefix(alternative)
    const fits = alternative.startsWith('^')
      ? (path: string): boolean => path.startsWith(prefix)
      : (path: string): boolean => path.includes(prefix)
    const found =
      typeof compiled === 'string' || this.#paths.some((path) => fits(path) && compiled.test(path))
    this.#known.set(alternative, found)
    return found
  }

  /** Whether a file has the literal prefix of an alternative. */
  hasPlace(alternative: string): boolean {
    const prefix = literalPrefix(alternative)
    return this.#paths.some((path) =>
      alternative.startsWith('^') ? path.startsWith(prefix) : path.includes(prefix),
    )
  }
}

/**
 * Alternatives that match no file. Inside of groups only those with a path that does not exist: in `\.(yaml|yml)$` one of them is
 * just a precaution.
 */
function deadAlternatives(pattern: string, matcher: Matcher): string[] {
  return alternativesOf(pattern).flatMap((alternative) => {
    if (!matcher.matchesAny(alternative)) return [alternative]
    return writtenOut(alternative).filter(
      (written) => literalPrefix(written).includes('/') && !matcher.hasPlace(written),
    )
  })
}

/** Expressions in run_if_changed that match no file. */
export const unmatchedChange: Rule<ProwCheck> = {
  name: 'unmatched-change',
  severity: 'warning',
  doc: 'run_if_changed has a path that does not exist in the repository, so it never starts the job.',
  check(input) {
    const { repository, prow } = input
    if (repository === undefined) return []
    const matcher = new Matcher(repository)
    return prow.jobs.flatMap((job): Finding[] => {
      const pattern = textOf(job.written, 'run_if_changed')
      if (pattern === '' || !isAboutTheseFiles(job, repository)) return []
      const dead = deadAlternatives(pattern, matcher)
      if (dead.length === 0) return []
      const all = !alternativesOf(pattern).some((alternative) => matcher.matchesAny(alternative))
      return [
        atField(input, job, 'run_if_changed', {
          rule: 'unmatched-change',
          severity: all ? 'error' : 'warning',
          message: all
            ? `run_if_changed of ${job.name} matches no file of ${repository.name}: ${pattern}`
            : `run_if_changed of ${job.name} has alternatives that match no file of ${repository.name}: ${dead.join(', ')}`,
          hint: all
            ? 'the job never starts by itself: correct the path'
            : 'correct the paths, or remove them',
        }),
      ]
    })
  },
  examples: {
    fires: [
      example(
        'a typo',
        { jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "componenets/.*", SPEC}' },
        { repository: repositoryOf('o/r', { 'components/a.yaml': 1 }) },
      ),
      example(
        'one of two paths',
        { jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "components/.*|gone/.*", SPEC}' },
        { repository: repositoryOf('o/r', { 'components/a.yaml': 1 }) },
      ),
      example(
        'a folder of a group',
        { jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "^deploy/(base|componenets)/.*", SPEC}' },
        { repository: repositoryOf('o/r', { 'deploy/components/a.yaml': 1, 'deploy/base/a.yaml': 1 }) },
      ),
    ],
    silent: [
      example(
        'paths that exist',
        {
          jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "^(a|components)/.*\\\\.(yaml|yml)$", SPEC}',
        },
        { repository: repositoryOf('o/r', { 'components/a.yaml': 1, 'a/b.yaml': 1 }) },
      ),
      example(
        'names that a later file may have',
        { jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "((\\\\.sh)|^Makefile)$", SPEC}' },
        { repository: repositoryOf('o/r', { 'hack/a.sh': 1 }) },
      ),
      example(
        'another repository',
        { jobs: 'presubmits:\n  o/s:\n  - {name: a, run_if_changed: "gone/.*", SPEC}' },
        { repository: repositoryOf('o/r', { a: 1 }) },
      ),
      example(
        'another branch',
        {
          jobs: 'presubmits:\n  o/r:\n  - {name: a, branches: [release-1], run_if_changed: "gone/.*", SPEC}',
        },
        { repository: repositoryOf('o/r', { a: 1 }) },
      ),
    ],
  },
}
