/** A place in a text file. `line` and `column` count from 1; columns count characters (code points). */
export interface Position {
  /** The file as the user knows it: relative to the workspace, or the name given on the command line. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** `file:line:column`, the form that editors and terminals make clickable. */
export function formatPosition({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`
}

/**
 * The position of a UTF-16 `offset` in `text`. An offset past the end means the end. `\n`, `\r\n` and a lone
 * `\r` each end a line.
 */
export function positionAt(file: string, text: string, offset: number): Position {
  const before = text.slice(0, Math.max(0, offset))
  const lines = before.split(/\r\n|\r(?!\n)|\n/u)
  const last = lines.at(-1) ?? ''
  return { file, line: lines.length, column: Array.from(last).length + 1 }
}

const EXCERPT_WIDTH = 100

/**
 * The line of `text` at `position` with a caret under the spot, as two lines without a final newline:
 *
 *     3 | .a.b = = 1
 *       |        ^
 *
 * A long line is cut around the spot. Returns '' when the text has no such line.
 */
export function renderCaret(text: string, position: Position, width = 1): string {
  const line = text.split(/\r\n|\r(?!\n)|\n/u)[position.line - 1]
  if (line === undefined) return ''
  // A tab or a control byte would move the caret away from its spot, or drive the terminal.
  const characters = Array.from(line, (character) => (/\p{Cc}/u.test(character) ? ' ' : character))
  const spot = Math.min(Math.max(position.column - 1, 0), characters.length)
  const start = spot < EXCERPT_WIDTH - 20 ? 0 : spot - EXCERPT_WIDTH / 2
  const excerpt = characters.slice(start, start + EXCERPT_WIDTH)
  const before = start > 0 ? '…' : ''
  const after = start + EXCERPT_WIDTH < characters.length ? '…' : ''
  const gutter = String(position.line)
  const carets = '^'.repeat(Math.max(1, Math.min(width, EXCERPT_WIDTH - (spot - start))))
  return [
    `${gutter} | ${before}${excerpt.join('')}${after}`,
    `${' '.repeat(gutter.length)} | ${' '.repeat(before.length + spot - start)}${carets}`,
  ].join('\n')
}
