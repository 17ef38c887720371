import { isAbsolute, join, relative, sep } from 'node:path'

import { errnoOf, isWithin, type Observation, type TreeView } from '@overlay-render/system'

/** What a render asked about one path of the tree; the answers are in its `Observation`. */
export interface Question {
  /** From the anchor, with forward slashes; absolute where it is outside of that. */
  readonly place: string
  readonly asked: Asked
}

/** The questions asked beyond the kind of the entry. */
interface Asked {
  readonly digest: boolean
  readonly target: boolean
  readonly names: boolean
  readonly hidden: boolean
}

const BITS = { digest: 1, target: 2, names: 4, hidden: 8 } as const

/**
 * The questions of a render, without the answers. Folders above the anchor are left out: the anchor is a real path, so all of them
 * are folders, whatever their names on this machine.
 */
export function questionsOf(observations: readonly Observation[], anchor: string): Question[] {
  return observations
    .filter(({ path }) => !isAbove(path, anchor))
    .map(({ path, digest, target, names, hidden }) => ({
      place: placeOf(path, anchor),
      asked: {
        digest: digest !== undefined,
        target: target !== undefined,
        names: names !== undefined,
        hidden: hidden !== undefined,
      },
    }))
}

/** The questions as text, as `decodeQuestions` reads it. */
export function encodeQuestions(questions: readonly Question[]): string {
  return questions
    .map(({ place, asked }) => {
      const bits =
        (asked.digest ? BITS.digest : 0) +
        (asked.target ? BITS.target : 0) +
        (asked.names ? BITS.names : 0) +
        (asked.hidden ? BITS.hidden : 0)
      return `${bits.toString(16)}${place}`
    })
    .join('\0')
}

/** Reads what `encodeQuestions` wrote. */
export function decodeQuestions(text: string): Question[] {
  if (text === '') return []
  return text.split('\0').map((line) => {
    const bits = Number.parseInt(line.slice(0, 1), 16)
    return {
      place: line.slice(1),
      asked: {
        digest: (bits & BITS.digest) !== 0,
        target: (bits & BITS.target) !== 0,
        names: (bits & BITS.names) !== 0,
        hidden: (bits & BITS.hidden) !== 0,
      },
    }
  })
}

/** Most lists of questions kept for one recipe: one for each recent state of the tree. */
const MAX_PATH_SETS = 8

/** The record of a recipe: the encoded questions of its renders, newest first. */
export function joinPathSets(newest: string, before: readonly string[]): Buffer {
  const all = [newest, ...before.filter((other) => other !== newest)]
  return Buffer.from(all.slice(0, MAX_PATH_SETS).join('\0\0'))
}

/** The encoded lists of questions in the record of a recipe, newest first. */
export function splitPathSets(record: Buffer | undefined): string[] {
  return record === undefined ? [] : record.toString('utf8').split('\0\0').slice(0, MAX_PATH_SETS)
}

/** Questions and answers as text. Renders with the same text have the same result. */
export function answersText(observations: readonly Observation[], anchor: string): string {
  return observations
    .filter(({ path }) => !isAbove(path, anchor))
    .map((observation) => {
      const { path, kind, digest = '', target = '', names, hidden = '' } = observation
      const listed = names === undefined ? '' : `[${names.join('/')}]`
      return `${placeOf(path, anchor)}\0${kind}\0${digest}\0${target}\0${listed}\0${hidden}`
    })
    .sort()
    .join('\0\0')
}

/** Asks a view the questions of an earlier render. Answers are kept, so that one run sees one state of the tree. */
export class Replay {
  readonly #view: TreeView
  readonly #anchor: string
  readonly #digestOf: (path: string) => string
  readonly #kinds = new Map<string, Observation['kind']>()
  readonly #names = new Map<string, readonly string[]>()

  /** @param digestOf the digest of a file that the view shows */
  constructor(view: TreeView, anchor: string, digestOf: (path: string) => string) {
    this.#view = view
    this.#anchor = anchor
    this.#digestOf = digestOf
  }

  ask(questions: readonly Question[]): Observation[] {
    return questions.map((question) => this.#answer(question))
  }

  #answer({ place, asked }: Question): Observation {
    const path = pathOf(place, this.#anchor)
    const kind = this.#kindOf(path)
    const hidden = asked.hidden ? { hidden: this.#view.hides?.(path) ?? false } : {}
    try {
      return {
        path,
        kind,
        ...(asked.digest && kind === 'file' ? { digest: this.#digestOf(path) } : {}),
        ...(asked.target && kind === 'link' ? { target: this.#view.readLink(path) } : {}),
        ...(asked.names && kind === 'folder' ? { names: this.#namesIn(path) } : {}),
        ...hidden,
      }
    } catch (error) {
      // The entry was removed or replaced between two questions, so this answer matches no kept one.
      if (errnoOf(error) === undefined) throw error
      return { path, kind, ...hidden }
    }
  }

  #kindOf(path: string): Observation['kind'] {
    let kind = this.#kinds.get(path)
    if (kind === undefined) {
      kind = this.#view.kindOf(path) ?? 'absent'
      this.#kinds.set(path, kind)
    }
    return kind
  }

  #namesIn(path: string): readonly string[] {
    let names = this.#names.get(path)
    if (names === undefined) {
      names = this.#view.list(path)
      this.#names.set(path, names)
    }
    return names
  }
}

/** The path relative to the anchor with forward slashes, the same on every machine. Absolute when it is outside the anchor. */
export function placeOf(path: string, anchor: string): string {
  const place = isWithin(path, anchor) ? relative(anchor, path) : path
  return sep === '\\' ? place.replaceAll(sep, '/') : place
}

/** The absolute path of a place that `placeOf` returned. */
export function pathOf(place: string, anchor: string): string {
  return isAbsolute(place) ? place : join(anchor, place)
}

/** Whether the path is a folder above the anchor. */
export function isAbove(path: string, anchor: string): boolean {
  return path !== anchor && isWithin(anchor, path)
}
