import type { Position } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'

/** Texts that the braces of one pattern may be short for, as a matcher tries them. */
const MAX_ALTERNATIVES = 1000
/** In one name of a path; a matcher's time grows by a power with each. */
const MAX_STARS = 4
const MAX_LENGTH = 500

/** A glob, where it is written, and in which setting. */
export interface Glob {
  readonly text: string
  readonly position: Position | undefined
}

/** Whether a name, without folders, matches one of the patterns. They are checked before: see `checkGlob`. */
export async function matchName(patterns: readonly string[]): Promise<(name: string) => boolean> {
  if (patterns.length === 0) return () => false
  const { default: picomatch } = await import('picomatch')
  return picomatch([...patterns], { dot: true })
}

/**
 * Counts what a pattern is short for, before any matcher sees it.
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

export function globFault({ text, position }: Glob, setting: string, bound: string): RenderFault {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text
  return new RenderFault({
    code: 'pattern-invalid',
    message: `the pattern ${shown} in ${setting} ${bound}`,
    position,
    hint: 'write several patterns, or start the pattern at a lower folder',
  })
}
