import { escapeText, htmlHead } from '@overlay-render/golden'

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
import type { ReportLine } from './edited-lines.ts'

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .5rem; border: 1px solid #8886; border-radius: 6px; font-size: 13px; line-height: 1.4; }
.added, ins { background: #2da44e33; }
.removed, del { background: #cf222e33; }
.place, .cut, small { opacity: .7; }
/* Not by colour alone. */
ins { text-decoration: underline; }
del { text-decoration: line-through; }
pre .added::before { content: "+ "; }
pre .removed::before { content: "- "; }
h1 { font-size: 1.4rem; }
h2 { font-size: 1.1rem; }
h1, h2, p, summary, li { overflow-wrap: anywhere; }
`

/** A diff as a self-contained HTML page. */
export function htmlReport(diff: JobsDiff): string {
  const title = sidesTitle(diff)
  return [
    htmlHead(`Jobs: ${title}`, STYLE),
    `<h1>Jobs: ${escapeText(title)}</h1>`,
    `<p>${escapeText(summarizeJobs(diff))}.</p>`,
    ...list('Removed', 'removed', diff.removed),
    ...list('Added', 'added', diff.added),
    ...diff.renamed.map(
      (renamed) =>
        `<section><h2>${escapeText(renameTitle(renamed))}</h2>${changesHtml(describe(renamed.changes))}</section>`,
    ),
    ...diff.changed.map(
      ({ jobs, changes }) =>
        `<section><h2>${escapeText(groupTitle(jobs))}</h2>${changesHtml(describe(changes))}${namesHtml(jobs)}</section>`,
    ),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function list(title: string, kind: string, jobs: readonly JobReference[]): string[] {
  if (jobs.length === 0) return []
  const items = jobs.map((job) => `<li class="${kind}">${escapeText(jobTitle(job))}</li>`)
  return [`<section><h2>${title}</h2><ul>${items.join('')}</ul></section>`]
}

function namesHtml(jobs: readonly JobReference[]): string {
  if (jobs.length === 1) return ''
  const items = jobs.map((job) => `<li>${escapeText(jobTitle(job))}</li>`)
  return `<details><summary>the ${groupTitle(jobs)}</summary><ul>${items.join('')}</ul></details>`
}

function changesHtml(changes: readonly DescribedChange[]): string {
  return changes
    .map(
      ({ path, note, lines }) =>
        `<p><code>${escapeText(path)}</code> <small>${escapeText(note)}</small></p><pre>${lines.map(lineHtml).join('')}</pre>`,
    )
    .join('')
}

function lineHtml(line: ReportLine): string {
  if (line.kind !== 'edited') return `<div class="${line.kind}">${escapeText(line.text) || ' '}</div>`
  const parts = line.parts.map(({ kind, text }) => {
    const shown = escapeText(text)
    return kind === 'same' ? shown : kind === 'removed' ? `<del>${shown}</del>` : `<ins>${shown}</ins>`
  })
  return `<div class="edited">${parts.join('')}</div>`
}
