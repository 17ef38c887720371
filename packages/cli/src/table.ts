import { displayWidth, padToWidth, wordsOf, wrapToWidth } from '@overlay-render/system'

/** Columns between two cells. */
const GAP = 2

type Row = readonly (string | number)[]

/**
 * Rows as aligned columns, two blanks apart, without trailing blanks. Numbers are aligned to the right.
 *
 * @param width columns that there are; cells that do not fit go on below, without breaking a word
 */
export function alignTable(rows: readonly Row[], width: number = Number.POSITIVE_INFINITY): string[] {
  const widths = fitColumns(rows, width)
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

/** The widths of the columns: the widest are made narrower until all fit, down to their longest words. */
function fitColumns(rows: readonly Row[], width: number): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length))
  const columns = Array.from({ length: count }, (_, column) => {
    const cells = rows.map((row) => String(row[column] ?? ''))
    const words = cells.flatMap((cell) => wordsOf(cell).map((word) => displayWidth(word.trimEnd())))
    return { width: Math.max(0, ...cells.map(displayWidth)), least: Math.max(0, ...words) }
  })
  let excess = columns.reduce((sum, column) => sum + column.width + GAP, -GAP) - width
  while (excess > 0) {
    const [widest] = columns.filter((column) => column.width > column.least).sort((a, b) => b.width - a.width)
    if (widest === undefined) break
    widest.width -= 1
    excess -= 1
  }
  return columns.map((column) => column.width)
}
