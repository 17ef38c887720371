import type { ReportEntry } from '@overlay-render/golden'
import type { LiveDiff } from '@overlay-render/render'

/** Comparisons with a cluster as entries of a report. `sameCluster` is false for drift: it has already happened, so it restarts nothing. */
export function liveEntries(diffs: readonly LiveDiff[], overlay?: string): ReportEntry[] {
  return diffs.map(({ title, diff, kind }) => ({
    title: overlay === undefined ? title : `${overlay}, ${title}`,
    diff,
    sameCluster: kind === 'change',
  }))
}

/** Whether something differs or could not be read. */
export function needsAttention(diffs: readonly LiveDiff[]): boolean {
  return diffs.some(
    ({ diff }) => diff.resources.length > 0 || diff.findings.some(({ rule }) => UNREAD.has(rule)),
  )
}

const UNREAD: ReadonlySet<string> = new Set(['kind-unknown', 'not-read'])
