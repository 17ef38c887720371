import { stripVTControlCharacters } from 'node:util'

/** Rows as aligned columns, two blanks apart, without trailing blanks. Numbers are aligned to the right. */
export function alignTable(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(String(cell)))
    })
  }
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const text = String(cell)
        const padding = ' '.repeat((widths[column] ?? 0) - widthOf(text))
        return typeof cell === 'number' ? padding + text : text + padding
      })
      .join('  ')
      .trimEnd(),
  )
}

/** Columns that a text takes; colour takes none. */
function widthOf(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length
}
