import { isMap, parseAllDocuments } from 'yaml'

import type { Renders } from './plain-renders.ts'

// Whether what a review says agrees with the renders of both sides.

/** What a review prints with `--json`, as far as it is judged. */
export interface ReviewOutput {
  readonly overlays: readonly {
    readonly overlay: string
    readonly error?: unknown
    readonly errorBefore?: unknown
  }[]
  readonly unaffected: readonly string[]
  readonly report: { readonly comparisons: readonly ComparedOverlay[] }
}

interface ComparedOverlay {
  readonly title: string
  readonly differs?: boolean
  readonly counts?: { readonly added: number; readonly removed: number; readonly renamed: number }
}

/** What a review says, and where that is wrong. */
export interface Verdict {
  /** The names of the overlays whose manifests it compares and that differ. */
  readonly changed: readonly string[]
  /** The resources that it says are added, and removed. */
  readonly counts: { readonly added: number; readonly removed: number }
  /** Where the review and the renders disagree; empty when they agree. */
  readonly faults: readonly string[]
}

/** Holds a review against the renders of both sides. */
export function judgeReview(review: ReviewOutput, was: Renders, is: Renders): Verdict {
  const compared = new Map(
    review.report.comparisons.map((one) => [one.title.replace(/ \((?:added|removed)\)$/u, ''), one]),
  )
  const failing = new Set(
    review.overlays.flatMap(({ overlay, error, errorBefore }) =>
      (error ?? errorBefore) === undefined ? [] : [overlay],
    ),
  )
  const names = [...new Set([...was.keys(), ...is.keys()])].sort()
  const faults: string[] = []
  for (const name of names) {
    const [earlier, now] = [was.get(name), is.get(name)]
    const fails = (was.has(name) && earlier === undefined) || (is.has(name) && now === undefined)
    const one = compared.get(name)
    if (fails) {
      // An overlay that fails in the same way on both sides may be one that the change cannot affect.
      if (!failing.has(name) && !review.unaffected.includes(name))
        faults.push(`${name} does not render, and no error says so`)
    } else if (failing.has(name)) faults.push(`${name} renders, but the review has an error`)
    else if ((one?.differs === true) !== (earlier !== now)) {
      faults.push(
        `${name} ${earlier === now ? 'is the same, but is reported' : 'differs, but is not reported'}`,
      )
    } else if (one?.counts !== undefined)
      faults.push(...countFaults(name, one.counts, earlier ?? '', now ?? ''))
  }
  const differing = [...compared.values()].filter(({ differs }) => differs)
  const sum = (field: 'added' | 'removed'): number =>
    differing.reduce((total, { counts }) => total + (counts?.[field] ?? 0), 0)
  return {
    changed: differing.map(({ title }) => title),
    counts: { added: sum('added'), removed: sum('removed') },
    faults,
  }
}

/** The numbers of new and of gone identities differ from those of a review only by renamed objects, each of which is one of both. */
function countFaults(
  name: string,
  counts: NonNullable<ComparedOverlay['counts']>,
  was: string,
  is: string,
): string[] {
  const [before, after] = [identitiesOf(was), identitiesOf(is)]
  const added = [...after].filter((id) => !before.has(id)).length
  const removed = [...before].filter((id) => !after.has(id)).length
  // A generated name ends with a hash of the content: such an object is not renamed when its content changes.
  const isSame =
    counts.added + counts.renamed >= added &&
    counts.removed + counts.renamed >= removed &&
    counts.added <= added &&
    counts.removed <= removed
  return isSame
    ? []
    : [
        `${name}: ${counts.added} added and ${counts.removed} removed, but ${added} and ${removed} identities are`,
      ]
}

/** The identities of the objects of a render, without the hashes of generated names. */
function identitiesOf(manifests: string): ReadonlySet<string> {
  return new Set(
    parseAllDocuments(manifests).flatMap(({ contents }) => {
      if (!isMap(contents)) return []
      const { apiVersion, kind, metadata = {} } = contents.toJSON()
      const name = String(metadata.name).replace(/-[a-z0-9]{10}$/u, '')
      return [[apiVersion, kind, metadata.namespace ?? '', name].join(' ')]
    }),
  )
}
