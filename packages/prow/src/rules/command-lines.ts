/** The tags of the here documents that a line starts, in order. */
function hereTags(line: string): string[] {
  return [...line.matchAll(/(?<!<)<<-?\s*(["']?)([\w.]+)\1/gu)].map(([, , tag = '']) => tag)
}

/**
 * The lines of a script at which a new command starts, without their indentation. Lines in quotes, parentheses and here documents
 * are left out, and those that a backslash or an operator continues. It is no parser: from what it does not understand, it returns
 * fewer lines.
 */
export function commandLines(script: string): string[] {
  const found: string[] = []
  const open = new OpenText()
  const tags: string[] = []
  let continues = false
  for (const line of script.split('\n')) {
    const text = line.trim()
    const [tag] = tags
    if (tag !== undefined) {
      if (text === tag) tags.shift()
      continue
    }
    const isInside = open.isOpen || continues
    if (!isInside && text !== '' && !text.startsWith('#')) found.push(text)
    if (!isInside && text.startsWith('#')) continue
    open.read(line)
    if (!open.isOpen) tags.push(...hereTags(line))
    continues = line.endsWith('\\') || /(?:\||&&|\|\||\()$/u.test(text)
  }
  return found
}

/** The quotes and parentheses that are open after some lines. */
class OpenText {
  #quote = ''
  #depth = 0

  get isOpen(): boolean {
    return this.#quote !== '' || this.#depth > 0
  }

  read(line: string): void {
    let isWord = false
    for (let index = 0; index < line.length; index++) {
      const character = line[index] ?? ''
      if (character === '\\' && this.#quote !== "'") index++
      else if (this.#quote !== '') {
        if (character === this.#quote) this.#quote = ''
      } else if (character === '#' && !isWord) return
      else if (/["'`]/u.test(character)) this.#quote = character
      else if (character === '(') this.#depth++
      else if (character === ')') this.#depth = Math.max(0, this.#depth - 1)
      isWord = !/[\s;]/u.test(character)
    }
  }
}
