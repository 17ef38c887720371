import { stdout } from 'node:process'

/** Rows of what was compared, printed when a suite ends. */
export class OverlayTable {
  readonly #rows: string[][] = [['overlay', 'resources', 'configs', 'manifests']]

  add(overlay: string, { resources, configs, manifests }: Row): void {
    this.#rows.push([overlay, resources, configs, manifests].map((cell) => String(cell ?? '-')))
  }

  print(title: string): void {
    const widths = (this.#rows[0] ?? []).map((_, column) =>
      Math.max(...this.#rows.map((row) => row[column]?.length ?? 0)),
    )
    const lines = this.#rows.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    stdout.write(`${title}\n${lines.map((line) => `  ${line}\n`).join('')}`)
  }
}

interface Row {
  readonly resources?: number
  readonly configs?: string
  readonly manifests?: string
}
