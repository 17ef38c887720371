import { printable } from '@overlay-render/golden'

import type { JobsReportOptions } from './report-options.ts'
import type { JobReference, JobsDiff } from '../jobs-diff.ts'
import {
  type DescribedChange,
  describe,
  groupTitle,
  jobTitle,
  number,
  renameTitle,
  sidesTitle,
  summarizeJobs,
} from './describe-jobs.ts'
import { type LinePart, lineText, type ReportLine } from './edited-lines.ts'

/** Most jobs of a group that are listed by name; further ones are counted. */
const MAX_NAMED = 12

const COLOURS = { added: 32, removed: 31, place: 36, cut: 2, same: 2, edited: 0, heading: 1 } as const
const MARKERS = { added: '+ ', removed: '- ', place: '@ ', cut: '… ', same: '  ', edited: '~ ' } as const

/** A diff as text for a terminal. Ends with a newline. */
export function textReport(diff: JobsDiff, { colour = false }: JobsReportOptions = {}): string {
  const paint = (text: string, kind: keyof typeof COLOURS): string =>
    colour && COLOURS[kind] !== 0 && text !== '' ? `\u001B[${COLOURS[kind]}m${text}\u001B[0m` : text
  const lines = [paint(printable(`${sidesTitle(diff)}: ${summarizeJobs(diff)}`), 'heading')]
  for (const job of diff.removed) lines.push(paint(`- ${jobTitle(job)}`, 'removed'))
  for (const job of diff.added) lines.push(paint(`+ ${jobTitle(job)}`, 'added'))
  for (const renamed of diff.renamed) {
    lines.push('', `> ${renameTitle(renamed)}`, ...changeLines(describe(renamed.changes), paint))
  }
  for (const { jobs, changes } of diff.changed) {
    lines.push('', paint(`~ ${groupTitle(jobs)}`, 'heading'), ...changeLines(describe(changes), paint))
    lines.push(...nameLines(jobs))
  }
  return `${lines.join('\n')}\n`
}

type Paint = (text: string, kind: keyof typeof COLOURS) => string

function changeLines(changes: readonly DescribedChange[], paint: Paint): string[] {
  return changes.flatMap(({ path, note, lines }) => [
    `    ${path}${note === '' ? '' : `  ${note}`}`,
    ...lines.map((line) => `      ${paint(MARKERS[line.kind] + shown(line, paint), line.kind)}`),
  ])
}

function shown(line: ReportLine, paint: Paint): string {
  if (line.kind !== 'edited') return line.text
  return line.parts.map((part) => paint(lineText({ kind: 'edited', parts: [part] }), partKind(part))).join('')
}

/** Unchanged parts of an edited line keep the terminal's own colour. */
function partKind({ kind }: LinePart): keyof typeof COLOURS {
  return kind === 'same' ? 'edited' : kind
}

function nameLines(jobs: readonly JobReference[]): string[] {
  if (jobs.length === 1) return []
  const hidden = jobs.length - MAX_NAMED
  return [
    ...jobs.slice(0, hidden === 1 ? undefined : MAX_NAMED).map((job) => `    in ${jobTitle(job)}`),
    ...(hidden > 1 ? [`    and ${number(hidden)} more`] : []),
  ]
}
