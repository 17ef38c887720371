import { lineRanges } from '@overlay-render/system'

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

const MIN_WIDTH = 40

/** Lines for a terminal, coloured and wrapped according to the options. */
export class Page {
  readonly width: number
  readonly hasColour: boolean
  readonly #lines: string[] = []

  constructor({ width = Number.POSITIVE_INFINITY, colour = false }: ReportOptions) {
    this.width = Math.max(MIN_WIDTH, width)
    this.hasColour = colour
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0
  }

  get text(): string {
    return this.#lines.map((line) => `${line}\n`).join('')
  }

  /** Adds a line, wrapped if it does not fit; continuation lines are indented by `indent` columns. */
  line(spans: readonly Span[], indent = 0): void {
    const text = spans.map((span) => span.text).join('')
    for (const { start, end } of lineRanges(text, this.width, { indent })) {
      this.#add(start === 0 ? '' : ' '.repeat(indent), cut(spans, start, end))
    }
  }

  empty(): void {
    this.#lines.push('')
  }

  #add(margin: string, spans: readonly Span[]): void {
    let line = margin
    let colour: Colour | undefined
    for (const span of spans) {
      if (this.hasColour && span.colour !== colour) {
        line += switchColour(colour, span.colour)
        colour = span.colour
      }
      line += span.text
    }
    this.#lines.push(colour === undefined ? line.trimEnd() : line + switchColour(colour, undefined))
  }
}

/** The part of some spans between two offsets of their text. */
function cut(spans: readonly Span[], start: number, end: number): Span[] {
  let offset = 0
  return spans.flatMap(({ text, colour }) => {
    const part = text.slice(Math.max(0, start - offset), Math.max(0, end - offset))
    offset += text.length
    return part === '' ? [] : [{ text: part, colour }]
  })
}

function switchColour(from: Colour | undefined, to: Colour | undefined): string {
  return `${from === undefined ? '' : '\u001B[0m'}${to === undefined ? '' : `\u001B[${CODES[to]}m`}`
}
