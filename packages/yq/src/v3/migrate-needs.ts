import type { Position } from '@overlay-render/faults'

import { parsePath, type PathElement } from './path.ts'
import type { Command } from './script.ts'

/** What a base must have at one place for the translation of a path to change the same data. */
export interface MigrationNeed {
  /** As in `a map at plank`. */
  readonly need: string
  /** The path of the first command that needs it. */
  readonly position: Position
}

/**
 * What the base must have, element by element of each path. Where it does not, yq 3 replaces what is on the way or
 * passes it over, and yq 4 refuses or does something else. No alias, merge key or duplicate key may be on the way, and
 * there may be one document: that is the same for all paths, and is not listed.
 */
export function needsOf(commands: readonly Command[]): MigrationNeed[] {
  const needs = new Map<string, MigrationNeed>()
  for (const { path, pathPosition, name } of commands) {
    const elements = parsePath(path)
    for (const [index, element] of elements.entries()) {
      const place = index === 0 ? 'the root' : elements.slice(0, index).join('.')
      const need = `${needOf(element, name === 'delete' && index === elements.length - 1)} ${place}`
      if (!needs.has(need)) needs.set(need, { need, position: pathPosition })
      // What is below is in a new item.
      if (element === '+') break
    }
  }
  return [...needs.values()]
}

/** @param isDeleted whether the element is what a delete takes away, and not what is on the way */
function needOf(element: PathElement, isDeleted: boolean): string {
  if (element === 0 && !isDeleted) return 'a list or nothing at'
  if (typeof element === 'number') return `a list of ${element < 0 ? -element : element + 1} or more items at`
  if (element === '+') return 'a list or nothing at'
  const integers = isDeleted ? ', without keys that are integers,' : ''
  if (element === '*') return `a list or a map${integers} that is not empty at`
  if (element === '**') return `a list or a map${integers}, with nothing empty below, at`
  if (element.includes('==')) return filterNeed(element)
  if (element.endsWith('*') && !isDeleted) return `a map with a key ${element} at`
  return 'a map or nothing at'
}

function filterNeed(element: string): string {
  const field = element.slice(0, element.indexOf('==')).trim()
  if (field === '.') return 'a list of texts and numbers at'
  return `maps, in which ${field} leads through maps to a text or a number, in a list at`
}
