import { displayWidth, padToWidth } from './text-width.ts'
import { longestWord, wrapToWidth } from './wrap-text.ts'

/** Columns between two cells. */
const GAP = 2
/** Columns before a cell that has no place in the line of its row. */
const INDENT = 2

type Row = readonly (string | number)[]

/**
 * Rows as aligned columns, two blanks apart, without trailing blanks. Numbers are aligned to the right. No word of a
 * cell is broken, so that paths can be copied.
 *
 * @param width columns that there are; a cell that does not fit is wrapped in its column. Where a word is wider than the
 *   columns allow, cells go on below their row
 */
export function alignTable(rows: readonly Row[], width: number = Number.POSITIVE_INFINITY): string[] {
  const widths = fitColumns(rows, width)
  if (widths === undefined) return rows.flatMap((row) => stackRow(row, firstWidth(rows), width))
  return rows.flatMap((row) => {
    const cells = row.map((cell, column) => wrapToWidth(String(cell), widths[column] ?? 0))
    const height = Math.max(1, ...cells.map((lines) => lines.length))
    return Array.from({ length: height }, (_, index) =>
      row
        .map((cell, column) =>
          alignCell(cells[column]?.[index] ?? '', widths[column] ?? 0, typeof cell === 'number'),
        )
        .join(' '.repeat(GAP))
        .trimEnd(),
    )
  })
}

function alignCell(text: string, width: number, isNumber: boolean): string {
  return isNumber ? ' '.repeat(Math.max(0, width - displayWidth(text))) + text : padToWidth(text, width)
}

/** The widths of the columns: the widest are made narrower until all fit. Undefined where their longest words do not. */
function fitColumns(rows: readonly Row[], width: number): number[] | undefined {
  const count = Math.max(0, ...rows.map((row) => row.length))
  const columns = Array.from({ length: count }, (_, column) => {
    const cells = rows.map((row) => String(row[column] ?? ''))
    return { width: Math.max(0, ...cells.map(displayWidth)), least: Math.max(0, ...cells.map(longestWord)) }
  })
  let excess = columns.reduce((sum, column) => sum + column.width + GAP, -GAP) - width
  while (excess > 0) {
    const [widest] = columns.filter((column) => column.width > column.least).sort((a, b) => b.width - a.width)
    if (widest === undefined) return undefined
    widest.width -= 1
    excess -= 1
  }
  return columns.map((column) => column.width)
}

function firstWidth(rows: readonly Row[]): number {
  return Math.max(0, ...rows.map(([first = '']) => displayWidth(String(first))))
}

/** The cells of a row one after the other; one that does not fit begins a line below. */
function stackRow([first = '', ...others]: Row, firstColumn: number, width: number): string[] {
  const lines: string[] = []
  let line = padToWidth(String(first), firstColumn)
  for (const cell of others.map(String).filter((text) => text !== '')) {
    const next = line + ' '.repeat(GAP) + cell
    // A path that is wider than the terminal gains nothing below.
    if (displayWidth(next) <= width || longestWord(cell) > width - INDENT) {
      line = next
      continue
    }
    lines.push(line.trimEnd())
    const wrapped = wrapToWidth(cell, width - INDENT).map((text) => ' '.repeat(INDENT) + text)
    lines.push(...wrapped.slice(0, -1))
    line = wrapped.at(-1) ?? ''
  }
  return [...lines, line.trimEnd()]
}
