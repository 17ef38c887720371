import { printable } from '@overlay-render/system'

import { describeResource, readingOrder, resourceNote, resourceTitle } from './describe-change.ts'
import {
  type ComparedEntry,
  countsOf,
  differs,
  formatCounts,
  isCompared,
  isFailed,
  plural,
  type ReportEntry,
} from './report.ts'

/** The longest text of a failure, because Prow's lens shows all of it. */
const MAX_FAILURE_LENGTH = 20_000

/** The report for Prow's junit lens: each comparison is a test case that fails on a difference. */
export function junitReport(entries: readonly ReportEntry[]): string {
  const compared = entries.filter(isCompared)
  const failures = compared.filter(({ diff }) => differs(diff)).length
  const errors = entries.filter(isFailed).length
  const totals = `tests="${entries.length}" failures="${failures}" errors="${errors}" skipped="0"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="overlay-render" ${totals}>`,
    `  <testsuite name="overlay-render" ${totals} time="0">`,
    ...entries.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(entry: ReportEntry): string {
  const start = `    <testcase classname="overlay-render" name="${escapeXml(printable(entry.title))}" time="0"`
  if (isFailed(entry)) {
    const [first = ''] = entry.problem.split('\n')
    const error = `<error message="${escapeXml(first)}" type="problem">${escapeXml(entry.problem)}</error>`
    return `${start}>\n      ${error}\n    </testcase>`
  }
  if (!isCompared(entry)) return passed(start, entry.text)
  const { diff } = entry
  const counts = formatCounts(countsOf(diff))
  if (!differs(diff)) return passed(start, counts)
  return [
    `${start}>`,
    `      <failure message="${escapeXml(counts)}" type="difference">${escapeXml(failureText(entry))}</failure>`,
    '    </testcase>',
  ].join('\n')
}

function passed(start: string, output: string): string {
  return `${start}>\n      <system-out>${escapeXml(output)}</system-out>\n    </testcase>`
}

function failureText({ diff, acceptCommand }: ComparedEntry): string {
  const resources = readingOrder(diff.resources)
  const end = acceptCommand === undefined ? '' : `\nTo accept: ${acceptCommand}\n`
  const lines: string[] = [formatCounts(countsOf(diff)), '']
  let size = 0
  for (const [index, change] of resources.entries()) {
    const shown = [`${resourceTitle(change)}: ${resourceNote(change)}`]
    for (const { path, note, lines: body } of describeResource(change)) {
      shown.push(`  ${[path, note].filter((part) => part !== '').join('  ')}`.trimEnd())
      for (const { kind, text } of body) shown.push(`    ${LINE_MARKERS[kind]} ${text}`)
    }
    size += shown.join('\n').length
    if (size > MAX_FAILURE_LENGTH) {
      lines.push(`… ${plural(resources.length - index, 'more resource')}: see the html report`)
      break
    }
    lines.push(...shown)
  }
  return `${lines.join('\n')}\n${end}`
}

const LINE_MARKERS = { same: ' ', removed: '-', added: '+', place: '@', cut: '…' } as const

const XML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** Escapes text for XML 1.0. Control characters and lone surrogates are invalid there, so `printable` replaces them. */
export function escapeXml(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line).replace(/[&<>"]/gu, (character) => XML_ESCAPES[character] ?? character))
    .join('\n')
}
