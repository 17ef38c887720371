import { displayWidth } from '@overlay-render/system'

import type { ReportOptions } from './report.ts'

const CODES = {
  red: '31',
  green: '32',
  yellow: '33',
  cyan: '36',
  bold: '1',
  faint: '2',
  redMark: '7;31',
  greenMark: '7;32',
} as const
export type Colour = keyof typeof CODES

/** A run of text in one colour. */
export interface Span {
  readonly text: string
  readonly colour?: Colour | undefined
}

const NARROWEST = 40
/** Where a line is broken: at a blank, else within a path or an address, if one is in the last share of the line. */
const BREAKS = [
  { at: / /u, lastShare: 0.7 },
  { at: /[/.,;&|[]/u, lastShare: 0.4 },
]

/** Lines for a terminal, coloured and wrapped as the options say. */
export class Page {
  readonly width: number
  readonly hasColour: boolean
  readonly #lines: string[] = []

  constructor({ width = Number.POSITIVE_INFINITY, colour = false }: ReportOptions) {
    this.width = Math.max(NARROWEST, width)
    this.hasColour = colour
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0
  }

  get text(): string {
    return this.#lines.map((line) => `${line}\n`).join('')
  }

  /** Adds a line; what does not fit goes on below, `indent` columns from the left. */
  line(spans: readonly Span[], indent = 0): void {
    if (spans.reduce((width, { text }) => width + displayWidth(text), 0) <= this.width) {
      this.#add('', spans)
      return
    }
    const characters = spans.flatMap(({ text, colour }) =>
      Array.from(text, (character) => ({ text: character, colour, width: displayWidth(character) })),
    )
    let rest = characters.reduce((width, character) => width + character.width, 0)
    let start = 0
    let margin = ''
    while (rest > this.width - margin.length) {
      const line = breakLine(characters, start, this.width - margin.length)
      this.#add(margin, characters.slice(start, line.end))
      start = line.end
      rest -= line.width
      margin = ' '.repeat(indent)
    }
    this.#add(margin, characters.slice(start))
  }

  empty(): void {
    this.#lines.push('')
  }

  #add(margin: string, characters: readonly Span[]): void {
    let line = margin
    let colour: Colour | undefined
    for (const character of characters) {
      if (this.hasColour && character.colour !== colour) {
        line += switchColour(colour, character.colour)
        colour = character.colour
      }
      line += character.text
    }
    this.#lines.push(colour === undefined ? line.trimEnd() : line + switchColour(colour, undefined))
  }
}

interface Character extends Span {
  readonly width: number
}

/** Where a line that starts at `start` ends, and the columns that it takes. */
function breakLine(
  characters: readonly Character[],
  start: number,
  room: number,
): { readonly end: number; readonly width: number } {
  let end = start
  let width = 0
  while (end < characters.length && width + (characters[end]?.width ?? 0) <= room) {
    width += characters[end]?.width ?? 0
    end += 1
  }
  // A single wide character in one column: it goes out as it is.
  const fitting = characters.slice(start, Math.max(end, start + 1))
  for (const { at, lastShare } of BREAKS) {
    const place = fitting.findLastIndex(({ text }) => at.test(text))
    if (place >= fitting.length * (1 - lastShare)) return measured(fitting.slice(0, place + 1), start)
  }
  return measured(fitting, start)
}

function measured(
  line: readonly Character[],
  start: number,
): { readonly end: number; readonly width: number } {
  return { end: start + line.length, width: line.reduce((sum, character) => sum + character.width, 0) }
}

function switchColour(from: Colour | undefined, to: Colour | undefined): string {
  return `${from === undefined ? '' : '\u001B[0m'}${to === undefined ? '' : `\u001B[${CODES[to]}m`}`
}
