import type { Position } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'

/** Most alternatives in the braces of one pattern, since the matcher may try them all. */
const MAX_ALTERNATIVES = 1000
/** Most stars in one path segment. The matcher's time grows exponentially with them. */
const MAX_STARS = 4
const MAX_LENGTH = 500

/** A glob, where it is written, and in which setting. */
export interface Glob {
  readonly text: string
  readonly position: Position | undefined
}

/** A matcher of names (not paths) for some patterns, which `checkGlob` has accepted. */
export async function matchName(patterns: readonly string[]): Promise<(name: string) => boolean> {
  if (patterns.length === 0) return () => false
  const { default: picomatch } = await import('picomatch')
  return picomatch([...patterns], { dot: true })
}

/**
 * Refuses patterns that are too expensive, before any matcher sees them.
 *
 * @param setting the key that the pattern is in, for messages
 * @throws RenderFault `pattern-invalid`
 */
export function checkGlob(pattern: Glob, setting: string): void {
  const { text } = pattern
  if (text.length > MAX_LENGTH) throw globFault(pattern, setting, `is longer than ${MAX_LENGTH} characters`)
  if (/[+*]\(/u.test(text)) throw globFault(pattern, setting, 'has +( or *(, which is not supported')
  let alternatives = 1
  for (const [, inner = ''] of text.matchAll(/[{(]([^{}()]*)/gu)) {
    const range = /^(-?\d+)\.\.(-?\d+)/u.exec(inner)
    alternatives *=
      range === null ? inner.split(/[,|]/u).length : Math.abs(Number(range[1]) - Number(range[2])) + 1
  }
  if (alternatives > MAX_ALTERNATIVES) {
    throw globFault(pattern, setting, `has more than ${MAX_ALTERNATIVES} alternatives`)
  }
  const stars = text.split('/').map((name) => name.split(/\*+/u).length - 1)
  if (Math.max(...stars) > MAX_STARS) {
    throw globFault(pattern, setting, `has more than ${MAX_STARS} stars in one name`)
  }
}

/** The fault for a pattern that is refused. @param bound why, as the end of the sentence */
export function globFault({ text, position }: Glob, setting: string, bound: string): RenderFault {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text
  return new RenderFault({
    code: 'pattern-invalid',
    message: `the pattern ${shown} in ${setting} ${bound}`,
    position,
    hint: 'write several patterns, or start the pattern at a lower folder',
  })
}
