import { printable } from '@overlay-render/system'

import type { ShownLine } from './shown-line.ts'

/** The lines of a change; in the side-by-side view, old and new lines are in two columns. */
export function linesHtml(lines: readonly ShownLine[]): string {
  return `<div class="lines">${blocks(lines).map(blockHtml).join('')}</div>`
}

/** Lines of one kind, or a pair of removed and added lines, which the side-by-side view shows in two columns. */
type Block =
  | { readonly kind: 'same' | 'place' | 'cut'; readonly lines: readonly ShownLine[] }
  | { readonly kind: 'pair'; readonly removed: ShownLine[]; readonly added: ShownLine[] }

function blocks(lines: readonly ShownLine[]): Block[] {
  const result: Block[] = []
  for (const line of lines) {
    const { kind } = line
    if (kind === 'same' || kind === 'place' || kind === 'cut') {
      result.push({ kind, lines: [line] })
      continue
    }
    let last = result.at(-1)
    if (last?.kind !== 'pair' || (kind === 'removed' && last.added.length > 0)) {
      last = { kind: 'pair', removed: [], added: [] }
      result.push(last)
    }
    last[kind].push(line)
  }
  return result
}

function blockHtml(block: Block): string {
  if (block.kind === 'pair') {
    return `<div class="pair">${sideHtml('del', block.removed)}${sideHtml('ins', block.added)}</div>`
  }
  return block.lines.map((line) => `<div class="${block.kind}">${lineText(line)}</div>`).join('')
}

function sideHtml(tag: 'del' | 'ins', lines: readonly ShownLine[]): string {
  return `<div>${lines.map((line) => `<${tag}>${lineText(line)}</${tag}>`).join('')}</div>`
}

/** `<br>` keeps the height of an empty line. */
function lineText({ text, changed }: ShownLine): string {
  if (text === '') return '<br>'
  if (changed === undefined) return escapeText(text)
  const { start, end } = changed
  return `${escapeText(text.slice(0, start))}<mark>${escapeText(text.slice(start, end))}</mark>${escapeText(text.slice(end))}`
}

/**
 * Escapes text so that it reads the same when character references are decoded once or twice: a tag follows each one,
 * so that a second decoding creates neither a tag nor another reference.
 */
export function escapeText(text: string): string {
  return printable(text).replace(/[&<]/gu, (character) => (character === '&' ? '&amp;<wbr>' : '&lt;<wbr>'))
}

/** Escapes a path, and lets a narrow screen break it after dots and brackets. */
export function escapePath(text: string): string {
  return escapeText(text).replace(/[.\]](?=\w)/gu, '$&<wbr>')
}
