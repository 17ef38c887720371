/** A part of a path that yq 3 reads in an unexpected way. */
export interface PathOddity {
  /** UTF-16 offset in the path. */
  readonly offset: number
  readonly message: string
  readonly hint: string
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '"': '"', '(': ')' }
const OPENING = /[.["(]/gu

/** Finds empty keys, characters after a bracket (which yq 3 drops), and unclosed brackets. */
export function findOddities(path: string): PathOddity[] {
  const found: PathOddity[] = []
  for (let at = 0; at < path.length;) {
    const opening = path.charAt(at)
    const closing = CLOSING[opening]
    if (closing === undefined) {
      OPENING.lastIndex = at
      const end = OPENING.exec(path)?.index ?? path.length
      if (end === at) found.push(emptyKey(path, at))
      at = path.charAt(end) === '.' ? end + 1 : end
      continue
    }
    const end = path.indexOf(closing, at + 1)
    if (end === -1) {
      found.push({
        offset: at,
        message: `this ${opening} is never closed`,
        hint: `close it with ${closing}`,
      })
      return found
    }
    const dropped = path.charAt(end + 1)
    if (dropped !== '' && dropped !== '.') found.push(droppedAfter(path, end, dropped))
    at = end + 2
  }
  return found
}

function emptyKey(path: string, offset: number): PathOddity {
  return {
    offset,
    message: 'the key before this dot is empty',
    hint: `write ${path.slice(0, offset)}${path.slice(offset + 1)}, or "" for an empty key`,
  }
}

function droppedAfter(path: string, end: number, dropped: string): PathOddity {
  return {
    offset: end + 1,
    message: `yq 3 drops this ${dropped}, because it expects a dot after ${path.charAt(end)}`,
    hint: `write ${path.slice(0, end + 1)}.${path.slice(end + 1)}`,
  }
}
