import { encodedTexts, type Span, textsInBase64, unwrapBase64 } from './base64.ts'

/** A range of a text with embedded text: the body of a heredoc, a block of comments, a run of base64. */
export interface Region extends Span {
  readonly body: string
  /** Encodes the masked body to replace the range. */
  readonly wrap: (masked: string) => string
}

interface TextLine extends Span {
  readonly text: string
}

const HEREDOC = /<<([-~]?)[ \t]*(["'\\]?)([A-Za-z_][\w.-]*)/gu

/** The bodies of a script's heredocs, in order. A heredoc without an end line is ignored. */
export function heredocs(text: string): Region[] {
  if (!text.includes('<<')) return []
  const lines = linesOf(text)
  const lastAt = new Map(lines.map((line, index) => [line.text.trim(), index]))
  const found: Region[] = []
  for (let index = 0; index < lines.length; index++) {
    for (const [, dash = '', , word = ''] of (lines[index]?.text ?? '').matchAll(HEREDOC)) {
      // Without this check, every heredoc without an end would scan the rest of the text.
      if ((lastAt.get(word) ?? 0) <= index) continue
      const end = endOf(lines, index + 1, word, dash)
      if (end === undefined) break
      const body = lines.slice(index + 1, end)
      if (body.length > 0) found.push(heredoc(text, body, dash))
      index = end
    }
  }
  return found
}

function heredoc(text: string, body: readonly TextLine[], dash: string): Region {
  const start = body[0]?.start ?? 0
  const end = body.at(-1)?.end ?? start
  const whole = text.slice(start, end)
  return { start, end, body: dash === '' ? whole : withoutIndent(whole), wrap: (masked) => masked }
}

function endOf(lines: readonly TextLine[], from: number, word: string, dash: string): number | undefined {
  for (let index = from; index < lines.length; index++) {
    const { text } = lines[index] ?? { text: '' }
    if ((dash === '' ? text.trimEnd() : text.trim()) === word) return index
  }
  return undefined
}

function withoutIndent(text: string): string {
  const [indent = ''] = /^[ \t]*/u.exec(text) ?? []
  return text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .join('\n')
}

const COMMENT = /^([ \t]*)(#+|\/\/+)[ \t]?/u

/** Blocks of consecutive comment lines, without their markers. */
export function commentBlocks(text: string): Region[] {
  return blocksOf(text, (line) => COMMENT.test(line)).map(comment)
}

function blocksOf(text: string, belongs: (line: string) => boolean): TextLine[][] {
  const blocks: TextLine[][] = []
  let open = false
  for (const line of linesOf(text)) {
    const inside = belongs(line.text)
    if (inside && open) blocks.at(-1)?.push(line)
    else if (inside) blocks.push([line])
    open = inside
  }
  return blocks
}

function comment(block: readonly TextLine[]): Region {
  const [, indent = '', mark = '#'] = COMMENT.exec(block[0]?.text ?? '') ?? []
  const lead = (line: string): string => `${indent}${mark} ${line}`
  return {
    start: block[0]?.start ?? 0,
    end: block.at(-1)?.end ?? 0,
    body: block.map((line) => line.text.replace(COMMENT, '')).join('\n'),
    wrap: (masked) => masked.replace(/\n$/u, '').split('\n').map(lead).join('\n'),
  }
}

/** Text in base64, also wrapped. */
export function base64Regions(text: string): Region[] {
  const found: Region[] = []
  for (const run of textsInBase64(text)) {
    if (run.start < (found.at(-1)?.end ?? 0)) continue
    const { start, end, decoded } = unwrapBase64(text, run)
    found.push({ start, end, body: decoded, wrap: (masked) => masked })
  }
  return found
}

/** Text in hexadecimal digits, and words with URL escapes. */
export function encodedRegions(text: string): Region[] {
  return [...encodedTexts(text)].map(({ start, end, decoded }) => ({
    start,
    end,
    body: decoded,
    wrap: (masked) => masked,
  }))
}

function linesOf(text: string): TextLine[] {
  let start = 0
  return text.split('\n').map((line) => {
    const end = start + line.length
    const found = { text: line.replace(/\r$/u, ''), start, end }
    start = end + 1
    return found
  })
}
