import { type Position, positionAt } from '@overlay-render/system'

/** Maps offsets in a rendered template to lines of the template. Lines match when their text outside of `{{ }}` is the same. */
export function templateLocator(
  file: string,
  template: string,
  rendered: string,
): (offset: number) => Position | undefined {
  const templateLines = template.split('\n')
  const patterns = templateLines.map((line) => patternOf(line))
  const lines: number[] = []
  let next = 0
  for (const line of rendered.split('\n')) {
    const ahead = patterns.findIndex((pattern, index) => index >= next && fits(line, pattern))
    const found = ahead >= 0 ? ahead : patterns.findIndex((pattern) => fits(line, pattern))
    lines.push(found)
    // A line with an expression may repeat in a loop.
    if (ahead >= 0) next = patterns[found]?.length === 1 ? found + 1 : found
  }
  return (offset) => {
    const { line, column } = positionAt(file, rendered, offset)
    const found = lines[line - 1] ?? -1
    return found < 0 ? { file, line: 1, column: 1 } : { file, line: found + 1, column }
  }
}

/** The text around the expressions of a line; undefined for a statement, which renders to no line. */
function patternOf(line: string): readonly string[] | undefined {
  return line.trim().startsWith('{%') ? undefined : line.split(/\{\{[^}]*\}\}/u)
}

/** Whether a line consists of the pieces in order, with any text between them. */
function fits(line: string, pieces: readonly string[] | undefined): boolean {
  const [first, ...rest] = pieces ?? []
  if (first === undefined) return false
  if (rest.length === 0) return line === first
  if (!line.startsWith(first)) return false
  const last = rest.pop() ?? ''
  let at = first.length
  for (const piece of rest) {
    const found = line.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return line.length >= at + last.length && line.endsWith(last)
}
