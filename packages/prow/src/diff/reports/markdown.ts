import type { JobReference, JobsDiff } from '../jobs-diff.ts'
import {
  type DescribedChange,
  describe,
  groupTitle,
  jobTitle,
  renameTitle,
  sidesTitle,
  summarizeJobs,
} from './describe-jobs.ts'
import { lineText } from './edited-lines.ts'

const MARKERS = { added: '+ ', removed: '- ', place: '@@ ', cut: '# ', same: '  ', edited: '! ' } as const

/** A diff as Markdown, for a comment on a pull request. */
export function markdownReport(diff: JobsDiff): string {
  const parts = [`### Jobs: ${escape(sidesTitle(diff))}`, `${summarizeJobs(diff)}.`]
  if (diff.removed.length > 0) parts.push(list('Removed', diff.removed))
  if (diff.added.length > 0) parts.push(list('Added', diff.added))
  for (const renamed of diff.renamed) {
    parts.push(`**Renamed:** ${code(renameTitle(renamed))}`, ...fenced(describe(renamed.changes)))
  }
  for (const { jobs, changes } of diff.changed) {
    parts.push(`**Changed:** ${jobs.length === 1 ? code(groupTitle(jobs)) : groupTitle(jobs)}`)
    parts.push(...fenced(describe(changes)))
    if (jobs.length > 1) parts.push(details(jobs))
  }
  return `${parts.join('\n\n')}\n`
}

function list(title: string, jobs: readonly JobReference[]): string {
  return [`**${title}:**`, '', ...jobs.map((job) => `- ${code(jobTitle(job))}`)].join('\n')
}

function details(jobs: readonly JobReference[]): string {
  const items = jobs.map((job) => `- ${code(jobTitle(job))}`)
  return ['<details><summary>the jobs</summary>', '', ...items, '', '</details>'].join('\n')
}

function fenced(changes: readonly DescribedChange[]): string[] {
  if (changes.length === 0) return []
  const lines = changes.flatMap(({ path, note, lines: all }) => [
    `@@ ${path}${note === '' ? '' : ` (${note})`} @@`,
    ...all.map((line) => MARKERS[line.kind] + lineText(line)),
  ])
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => (/`+/u.exec(line)?.[0].length ?? 0) + 1)))
  return [[`${fence}diff`, ...lines, fence].join('\n')]
}

/** Inline code; text with backticks needs longer delimiters. */
function code(text: string): string {
  const ticks = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length)))
  return ticks.length === 1 ? `\`${text}\`` : `${ticks} ${text} ${ticks}`
}

function escape(text: string): string {
  return text.replace(/[\\`*_<>[\]|#]/gu, (character) => `\\${character}`)
}
