import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

import type { Position } from '@overlay-render/system'

/** A change of one scalar in a file, and how to take it back. */
export interface PlaceChange {
  readonly undo: () => void
}

/**
 * Changes the scalar that is written at a place to another one of its kind; undefined where the text there is not the value, which
 * is a fault of who named the place.
 */
export function changePlace(
  workspace: string,
  { file, line, column }: Position,
  value: unknown,
): PlaceChange | undefined {
  const path = resolve(workspace, file)
  const before = readFileSync(path, 'utf8')
  const lines = before.split('\n')
  const text = lines[line - 1]
  if (text === undefined) return undefined
  const changed = changeText(text.slice(column - 1), value)
  if (changed !== undefined) lines[line - 1] = text.slice(0, column - 1) + changed
  else {
    // A block of text is changed in its first line.
    const inside = /^[|>]/u.test(text.slice(column - 1)) || isWholeFile(line, column, value)
    const at = isWholeFile(line, column, value) ? line - 1 : line
    if (!inside || lines[at] === undefined) return undefined
    lines[at] = `${lines[at]}z`
  }
  writeFileSync(path, lines.join('\n'))
  return { undo: () => writeFileSync(path, before) }
}

/** The text of a whole file is a value, too. */
function isWholeFile(line: number, column: number, value: unknown): boolean {
  return line === 1 && column === 1 && typeof value === 'string' && value.includes('\n')
}

/** The rest of a line with the scalar that it begins with, or that it holds after a key, changed. */
function changeText(text: string, value: unknown): string | undefined {
  const shown = String(value)
  if (typeof value === 'boolean') return replaceFirst(text, shown, value ? 'false' : 'true')
  if (typeof value === 'number') return replaceFirst(text, shown, String(value + 1))
  const forms = [JSON.stringify(shown).slice(1, -1), shown, shown.replaceAll("'", "''")]
  for (const form of forms) {
    const changed = form === '' ? undefined : replaceFirst(text, form, `${form}z`)
    if (changed !== undefined) return changed
  }
  if (shown === '') return replaceFirst(text, '""', '"z"') ?? replaceFirst(text, "''", "'z'")
  return changePart(text, shown) ?? replaceFirst(text, '}}', '}}z')
}

/** A text that goes on over several lines, and one of which only a part is written there, such as the tag of an image. */
function changePart(text: string, value: string): string | undefined {
  const [word = ''] = /^[^\s"'{}]+/u.exec(text.replace(/^["']/u, '')) ?? []
  return word.length > 1 && value.includes(word) ? replaceFirst(text, word, `${word}z`) : undefined
}

function replaceFirst(text: string, from: string, to: string): string | undefined {
  const at = text.indexOf(from)
  return at < 0 ? undefined : text.slice(0, at) + to + text.slice(at + from.length)
}
