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
/** A line is broken at a blank, else within a path or an address, if one is in this last share of it. */
const BREAK_FROM = 0.6
const BREAKABLE = [/ /u, /[/.,;&|[]/u]

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
    if (spans.reduce((length, { text }) => length + text.length, 0) <= this.width) {
      this.#add('', spans)
      return
    }
    const characters = spans.flatMap(({ text, colour }) =>
      Array.from(text, (character) => ({ text: character, colour })),
    )
    let rest: readonly Span[] = characters
    let room = this.width
    let margin = ''
    while (rest.length > room) {
      const end = breakBefore(rest, room)
      this.#add(margin, rest.slice(0, end))
      rest = rest.slice(end)
      margin = ' '.repeat(indent)
      room = this.width - indent
    }
    this.#add(margin, rest)
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

function breakBefore(characters: readonly Span[], room: number): number {
  for (const breakable of BREAKABLE) {
    const place = characters.slice(0, room).findLastIndex(({ text }) => breakable.test(text))
    if (place >= room * BREAK_FROM) return place + 1
  }
  return room
}

function switchColour(from: Colour | undefined, to: Colour | undefined): string {
  return `${from === undefined ? '' : '\u001B[0m'}${to === undefined ? '' : `\u001B[${CODES[to]}m`}`
}
