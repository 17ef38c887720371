import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

import type { Position } from '@overlay-render/system'

/** A change to one scalar in a file, with its undo. */
export interface PlaceChange {
  readonly undo: () => void
}

/**
 * Changes the scalar at a position to a different one of the same type. Returns undefined if the text there is not the value: the
 * position is wrong then.
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
    // A block scalar changes in its first line.
    const inside = /^[|>]/u.test(text.slice(column - 1)) || isWholeFile(line, column, value)
    const at = isWholeFile(line, column, value) ? line - 1 : line
    if (!inside || lines[at] === undefined) return undefined
    lines[at] = `${lines[at]}z`
  }
  writeFileSync(path, lines.join('\n'))
  return { undo: () => writeFileSync(path, before) }
}

/** Whether the value is the text of a whole file. */
function isWholeFile(line: number, column: number, value: unknown): boolean {
  return line === 1 && column === 1 && typeof value === 'string' && value.includes('\n')
}

/** Returns the text after it changes the scalar at its start or after a key. */
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

/** Changes a scalar that spans several lines, or is only partly written here, such as the tag of an image. */
function changePart(text: string, value: string): string | undefined {
  const [word = ''] = /^[^\s"'{}]+/u.exec(text.replace(/^["']/u, '')) ?? []
  return word.length > 1 && value.includes(word) ? replaceFirst(text, word, `${word}z`) : undefined
}

function replaceFirst(text: string, from: string, to: string): string | undefined {
  const at = text.indexOf(from)
  return at < 0 ? undefined : text.slice(0, at) + to + text.slice(at + from.length)
}
