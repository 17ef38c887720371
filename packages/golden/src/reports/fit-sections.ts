import { plural } from './report.ts'

/** A part of the page that can be shortened to its heading and some lines. */
export interface Section {
  /** What it shows, for the note about shortened and dropped sections. */
  readonly noun: 'resource' | 'group'
  readonly head: string
  readonly body: readonly string[]
  readonly tail: string
}

function sizeOf({ head, body, tail }: Section, lines: number): number {
  const shown = body.slice(0, lines)
  return head.length + tail.length + shown.reduce((total, line) => total + line.length + 1, 0) + CUT_NOTE
}

/** Room for the line that says how many lines are cut, in characters. */
const CUT_NOTE = 40

/** The sections that fit, as text. */
export interface FittedSections {
  /** The text of each section; empty for one that is dropped. */
  readonly shown: readonly string[]
  readonly shortened: readonly Section[]
  readonly dropped: readonly Section[]
}

/** Shortens all sections to the largest number of lines with which they fit. If none fits, the last sections are dropped. */
export function fitSections(sections: readonly Section[], budget: number): FittedSections {
  const total = (lines: number): number => sections.reduce((sum, section) => sum + sizeOf(section, lines), 0)
  const longest = Math.max(0, ...sections.map(({ body }) => body.length))
  let fits = 0
  for (let low = 1, high = longest; low <= high;) {
    const middle = Math.floor((low + high) / 2)
    if (total(middle) <= budget) {
      fits = middle
      low = middle + 1
    } else high = middle - 1
  }
  const lines = Math.max(fits, 3)
  let left = budget
  const shortened: Section[] = []
  const dropped: Section[] = []
  const shown = sections.map((section) => {
    const size = sizeOf(section, lines)
    if (size > left) {
      dropped.push(section)
      return ''
    }
    left -= size
    if (section.body.length > lines) shortened.push(section)
    return render(section, lines)
  })
  return { shown, shortened, dropped }
}

function render({ head, body, tail }: Section, lines: number): string {
  const left = body.length - lines
  const shown = left > 0 ? [...body.slice(0, lines), `# … ${plural(left, 'more line')}`] : body
  return head + shown.join('\n') + tail
}
