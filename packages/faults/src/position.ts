/** A position in a text file. `line` and `column` count from 1; columns count characters (code points). */
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

/** The position of a UTF-16 `offset` in `text`. Use `positionsIn` for several offsets. */
export function positionAt(file: string, text: string, offset: number): Position {
  return positionsIn(file, text)(offset)
}

/**
 * Returns a function from UTF-16 offsets to positions. It scans the text once, on the first call. An offset past the
 * end means the end. `\n`, `\r\n` and a lone `\r` each end a line. A byte order mark is not counted as a column.
 */
export function positionsIn(file: string, text: string): (offset: number) => Position {
  let starts: readonly number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const before = text.slice(starts[low], Math.max(0, offset)).replace(/^\uFEFF/u, '')
    return { file, line: low + 1, column: Array.from(before).length + 1 }
  }
}

function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\r|\n/gu), ({ index, 0: end }) => index + end.length)]
}

/** Characters of a line that are shown, unless the caller has less space. */
const EXCERPT_WIDTH = 100

/**
 * The line of `text` at `position` with a caret below it, as two lines without a final newline:
 *
 *     3 | .a.b = = 1
 *       |        ^
 *
 * A long line is shortened around the caret. Returns '' when the text has no such line.
 *
 * @param width how many carets
 * @param columns the width that the two lines may take
 */
export function renderCaret(
  text: string,
  position: Position,
  width = 1,
  columns: number = Number.POSITIVE_INFINITY,
): string {
  const line = text.split(/\r\n|\r(?!\n)|\n/u)[position.line - 1]
  if (line === undefined) return ''
  // Control characters would misplace the caret or control the terminal.
  const characters = Array.from(line, (character) => (/\p{Cc}/u.test(character) ? ' ' : character))
  const spot = Math.min(Math.max(position.column - 1, 0), characters.length)
  const gutter = String(position.line)
  // Besides the gutter: a bar between blanks, and an ellipsis on either side.
  const most = Math.max(20, Math.min(EXCERPT_WIDTH, columns - gutter.length - 5))
  const start = spot < most * 0.8 ? 0 : spot - Math.floor(most / 2)
  const excerpt = characters.slice(start, start + most)
  const before = start > 0 ? '…' : ''
  const after = start + most < characters.length ? '…' : ''
  const carets = '^'.repeat(Math.max(1, Math.min(width, most - (spot - start))))
  return [
    `${gutter} | ${before}${excerpt.join('')}${after}`,
    `${' '.repeat(gutter.length)} | ${' '.repeat(before.length + spot - start)}${carets}`,
  ].join('\n')
}
