import type { Position } from '@overlay-render/faults'

import { parsePath, type PathElement } from './path.ts'
import type { Command } from './script.ts'

/** A requirement on the base: where it is not met, the translation of a path changes other data. */
export interface MigrationNeed {
  /** Such as `a map at plank`. */
  readonly need: string
  /** Position of the first path with this requirement. */
  readonly position: Position
}

/**
 * The requirements of all paths, element by element. Where one is not met, yq 3 replaces or skips nodes on the path, and
 * yq 4 fails or does something else. Requirements that are the same for all paths are not listed: one document, and no
 * alias, merge key or duplicate key on a path.
 */
export function needsOf(commands: readonly Command[]): MigrationNeed[] {
  const needs = new Map<string, MigrationNeed>()
  for (const { path, pathPosition, name } of commands) {
    const elements = parsePath(path)
    for (const [index, element] of elements.entries()) {
      const place = index === 0 ? 'the root' : elements.slice(0, index).join('.')
      const need = `${needOf(element, name === 'delete' && index === elements.length - 1)} ${place}`
      if (!needs.has(need)) needs.set(need, { need, position: pathPosition })
      // The elements after it are in a new item.
      if (element === '+') break
    }
  }
  return [...needs.values()]
}

/** @param isDeleted whether the element is the target of a delete */
function needOf(element: PathElement, isDeleted: boolean): string {
  if (element === 0 && !isDeleted) return 'a list or nothing at'
  if (typeof element === 'number')
    return `a list of at least ${element < 0 ? -element : element + 1} items at`
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
  if (field === '.') return 'a list of strings and numbers at'
  return `a list of maps in which ${field} is a string or a number, at`
}
