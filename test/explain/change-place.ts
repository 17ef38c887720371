import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

import type { Position } from '@overlay-render/system'
import { parse } from 'yaml'

/** A scalar to change, and the position of its text. */
export interface Place {
  readonly position: Position
  readonly value: unknown
}

/** The result of `changePlaces`. */
export interface Changes {
  /** The places whose text is not the value: their positions are wrong. */
  readonly wrong: readonly Place[]
  readonly undo: () => void
}

/** Changes the scalar at each position to a different one of the same type. */
export function changePlaces(workspace: string, places: readonly Place[]): Changes {
  const before = new Map<string, string>()
  const wrong: Place[] = []
  // From the end of each file, so that the other positions stay right.
  for (const place of places.toSorted((a, b) => compare(b.position, a.position))) {
    const path = resolve(workspace, place.position.file)
    const text = readFileSync(path, 'utf8')
    const changed = changeAt(text, place)
    if (changed === undefined) wrong.push(place)
    else {
      if (!before.has(path)) before.set(path, text)
      writeFileSync(path, changed)
    }
  }
  return {
    wrong,
    undo: () => {
      for (const [path, text] of before) writeFileSync(path, text)
    },
  }
}

/** Whether the value is written at the position. */
export function isWritten(workspace: string, place: Place): boolean {
  return changeAt(readFileSync(resolve(workspace, place.position.file), 'utf8'), place) !== undefined
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column
}

/** The text with another scalar at the position; undefined when the value is not written there. */
function changeAt(text: string, { position: { line, column }, value }: Place): string | undefined {
  const lines = text.split('\n')
  const own = lines[line - 1]
  if (own === undefined) return undefined
  const changed = changeText(own.slice(column - 1), value)
  if (changed !== undefined) lines[line - 1] = own.slice(0, column - 1) + changed
  else {
    // A block scalar changes in its first line.
    const isWhole = line === 1 && column === 1 && typeof value === 'string' && value.includes('\n')
    const at = isWhole ? line - 1 : line
    if (!(isWhole || /^[|>]/u.test(own.slice(column - 1))) || lines[at] === undefined) return undefined
    lines[at] = `${lines[at]}z`
  }
  return lines.join('\n')
}

/** Returns the text after it changes the scalar at its start or after a key. */
function changeText(text: string, value: unknown): string | undefined {
  const shown = String(value)
  if (typeof value === 'boolean') return replaceFirst(text, shown, value ? 'false' : 'true')
  if (typeof value === 'number') return changeNumber(text, value)
  const forms = [JSON.stringify(shown).slice(1, -1), shown, shown.replaceAll("'", "''")]
  for (const form of forms) {
    const changed = form === '' ? undefined : replaceFirst(text, form, `${form}z`)
    if (changed !== undefined) return changed
  }
  if (shown === '') return replaceFirst(text, '""', '"z"') ?? replaceFirst(text, "''", "'z'")
  return changePart(text, shown) ?? replaceFirst(text, '}}', '}}z')
}

/** Changes a number, which may have another form, such as 0644 or 1e3. */
function changeNumber(text: string, value: number): string | undefined {
  const [token = ''] = /^[\d.eExXo+_-]+/u.exec(text) ?? []
  const read: unknown = token === '' ? undefined : parse(token, { version: '1.1' })
  return replaceFirst(text, read === value ? token : String(value), String(value + 1))
}

/** Changes a scalar that spans several lines, or is only partly written here, such as the tag of an image. */
function changePart(text: string, value: string): string | undefined {
  const start = text.replace(/^["']/u, '')
  const [first = ''] = /^[^\s"'{}]+/u.exec(start) ?? []
  if (first !== '' && value.endsWith(first)) return replaceFirst(text, first, `${first}z`)
  const [word] = /[^\s"'{}]{2,}/u.exec(start) ?? []
  return word !== undefined && value.includes(first) && value.includes(word)
    ? replaceFirst(text, word, `${word}z`)
    : undefined
}

function replaceFirst(text: string, from: string, to: string): string | undefined {
  const at = text.indexOf(from)
  return at < 0 ? undefined : text.slice(0, at) + to + text.slice(at + from.length)
}
