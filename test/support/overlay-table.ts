import { stdout } from 'node:process'

interface Row {
  readonly resources?: number
  readonly result: string
}

/** A table of the compared overlays, to print when a suite ends. */
export class OverlayTable {
  readonly #rows: string[][] = [['overlay', 'resources', 'compared with the build by hand']]

  add(overlay: string, { resources, result }: Row): void {
    this.#rows.push([overlay, String(resources ?? '-'), result])
  }

  print(title: string): void {
    const widths = [0, 1].map((column) => Math.max(...this.#rows.map((row) => row[column]?.length ?? 0)))
    const lines = this.#rows.map((row) =>
      row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '),
    )
    stdout.write(`${title}\n${lines.map((line) => `  ${line}\n`).join('')}`)
  }
}
