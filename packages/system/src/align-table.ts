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
 *   columns allow, the last cells of every row go below it
 */
export function alignTable(rows: readonly Row[], width: number = Number.POSITIVE_INFINITY): string[] {
  const widths = fitColumns(rows, width)
  if (widths === undefined) {
    const first = firstColumns(rows, width)
    return rows.flatMap((row) => stackRow(row, first, width))
  }
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

/** Whether a cell has more room below its row; a path that is wider than the terminal has not. */
const gainsBelow = (cell: string, width: number): boolean => longestWord(cell) <= width - INDENT

/** The widths of the first columns that fit beside each other in most rows, at least one. */
function firstColumns(rows: readonly Row[], width: number): number[] {
  const widths: number[] = []
  let used = 0
  for (let column = 0; rows.some((row) => column < row.length); column += 1) {
    const cells = rows.map((row) => String(row[column] ?? ''))
    const all = cells.filter((cell) => gainsBelow(cell, width)).map(displayWidth)
    const fitting = all.filter((each) => each <= width - used)
    if (column > 0 && all.length > 0 && fitting.length * 2 <= all.length) break
    const widest = Math.max(0, ...fitting)
    widths.push(widest)
    used += widest + GAP
  }
  return widths
}

/** The first cells of a row in a line, and the others one after the other below it. */
function stackRow(row: Row, widths: readonly number[], width: number): string[] {
  const cells = row.map(String)
  const moves = (cell: string, column: number): boolean =>
    displayWidth(cell) > (widths[column] ?? 0) && gainsBelow(cell, width)
  const end = widths.findIndex((_, column) => column > 0 && moves(cells[column] ?? '', column))
  const inline = cells.slice(0, end < 0 ? widths.length : end)
  const first = inline.map((cell, column) => padToWidth(cell, widths[column] ?? 0)).join(' '.repeat(GAP))
  return [first.trimEnd(), ...below(cells.slice(inline.length), width)]
}

/** Cells one after the other, in as few lines as they need. */
function below(cells: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const cell of cells.filter((text) => text !== '')) {
    const next = line === '' ? cell : line + ' '.repeat(GAP) + cell
    if (displayWidth(next) <= width - INDENT) {
      line = next
      continue
    }
    if (line !== '') lines.push(line)
    const wrapped = wrapToWidth(cell, width - INDENT)
    lines.push(...wrapped.slice(0, -1))
    line = wrapped.at(-1) ?? ''
  }
  return [...lines, ...(line === '' ? [] : [line])].map((text) => ' '.repeat(INDENT) + text)
}
