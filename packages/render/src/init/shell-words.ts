/**
 * The words of a line of a shell script, without quotes. A Jinja variable is one word even if it contains spaces.
 *
 * @returns undefined for a line with an unclosed quote
 */
export function shellWords(line: string): string[] | undefined {
  const text = line.replace(
    /\{\{\s*([^{}]*?)\s*\}\}/gu,
    (_all, name: string) => `{{${name.replace(/\s/gu, '')}}}`,
  )
  const words: string[] = []
  const word = /\s*((?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"])+)/uy
  while (word.lastIndex < text.trimEnd().length) {
    const [, found] = word.exec(text) ?? []
    if (found === undefined) return undefined
    words.push(
      found.replace(
        /'([^']*)'|"((?:[^"\\]|\\.)*)"/gu,
        (_all, single?: string, double?: string) => single ?? (double ?? '').replace(/\\(["\\$`])/gu, '$1'),
      ),
    )
  }
  return words
}

/** A line of a script as it runs, and its number from 1. */
export interface ScriptLine {
  readonly text: string
  readonly line: number
}

const LOOP = /^\s*for (\w+) in ([^;{}$`]+); do\s*$/u

/** The lines of a script. The body of a loop over plain words is repeated once for each word. */
export function scriptLines(text: string): ScriptLine[] {
  const found: ScriptLine[] = []
  let loop:
    | { readonly name: string; readonly words: readonly string[]; readonly lines: ScriptLine[] }
    | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const [, name, words] = LOOP.exec(line) ?? []
    if (name !== undefined && words !== undefined) {
      loop = { name, words: words.trim().split(/\s+/u), lines: [] }
    } else if (loop !== undefined && /^\s*done\b/u.test(line)) {
      const { name: variable, words: each, lines } = loop
      const use = new RegExp(`\\$(?:\\{${variable}\\}|${variable}\\b)`, 'gu')
      for (const one of each)
        found.push(...lines.map((inner) => ({ ...inner, text: inner.text.replace(use, one) })))
      loop = undefined
    } else (loop?.lines ?? found).push({ text: line, line: index + 1 })
  }
  return [...found, ...(loop?.lines ?? [])]
}
