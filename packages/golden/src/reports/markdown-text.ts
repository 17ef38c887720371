import { printable } from '@overlay-render/system'

import { markBelow, type ReportLine } from './mark-below.ts'
import type { ShownLine } from './shown-line.ts'

// How lines and names are written in Markdown.

const MAX_LINE_LENGTH = 500

const DIFF_MARKERS: Readonly<Record<ReportLine['kind'], string>> = {
  same: '  ',
  removed: '- ',
  added: '+ ',
  place: '@@ ',
  cut: '# … ',
  mark: '  ',
}

/** The lines of a change, as in a fenced block of the language `diff`. */
export function diffLines(lines: readonly ShownLine[]): string[] {
  return markBelow(lines, MAX_LINE_LENGTH).map(({ kind, text }) => clip(DIFF_MARKERS[kind] + text))
}

/** Cuts a line that is too long for a report. */
export function clip(line: string): string {
  return line.length <= MAX_LINE_LENGTH ? line : `${line.slice(0, MAX_LINE_LENGTH - 1)}…`
}

/** A fence longer than any run of backticks in the text. */
export function fenceFor(lines: readonly string[]): string {
  let longest = 2
  for (const line of lines)
    for (const run of line.match(/`+/gu) ?? []) longest = Math.max(longest, run.length)
  return '`'.repeat(longest + 1)
}

/** Escapes text in an HTML line of Markdown. The zero-width space prevents mentions from notifying people. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/@/gu, '@\u200B')
}

/** Escapes text for Markdown, HTML and GitHub (mentions, issue numbers). */
export function escapeInline(text: string): string {
  return escapeHtml(text).replace(/[\\`*_[\]{}|~#$]/gu, (character) => `\\${character}`)
}
