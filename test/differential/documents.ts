import { chance, type Draw, list, pick } from './draw.ts'

/** Writes a random YAML document. Most documents are valid; they have comments, anchors and every style. */
export function randomDocument(draw: Draw): string {
  const writer = new Writer(draw)
  const lead = chance(draw, 1, 4) ? pick(draw, LEADS) : ''
  const documents = list(draw, 1, chance(draw, 1, 8) ? 3 : 1, () => writer.root())
  const text =
    lead + documents.join(pick(draw, ['---\n', '---\n', '---\n# next\n', '--- # c\n', '...\n---\n']))
  return chance(draw, 1, 40) ? text.replaceAll('\n', '\r\n') : text
}

const LEADS = [
  '---\n',
  '# lead\n',
  '# lead\n\n',
  '\n',
  '---\n# lead\n',
  '# lead\n---\n',
  '%YAML 1.1\n---\n',
  '# one\n\n# two\n',
] as const

const KEYS = [
  'a',
  'b',
  'c',
  'd',
  'name',
  'plank',
  'deck',
  'x-y',
  'a.b',
  '"q"',
  "'s'",
  '"github/ci/**/*.yaml"',
  '1',
  'true',
  '"*"',
  '?k',
  '0o17',
  '0x1F',
  '1_000',
  '-5',
  '123456789012345678',
  '9223372036854775808',
] as const

const PLAIN = [
  'x',
  'y z',
  '1',
  '2',
  '10',
  '-3',
  '0x1F',
  '1.5',
  '1e3',
  'true',
  'false',
  'null',
  '~',
  'yes',
  '2001-01-01',
  'a:b',
  'k8s.io/x',
  'https://prow.ci/',
  '10Gi',
  'cat',
  'cats',
  'dog',
  '08',
  '.5',
  '<<',
  '=',
  'é',
  '日本',
  'a#b',
  '-x',
  '5m',
] as const

const QUOTED = [
  '"x"',
  '"1"',
  '"true"',
  '""',
  '"a\\nb"',
  '"a\\tb"',
  '"é"',
  '"\\u00e9"',
  "'x'",
  "'it''s'",
  "''",
  "'1'",
  '"a: b"',
  "'# x'",
  '" a"',
  "'a '",
  '"{{.B}}"',
  '"😀"',
] as const

const COMMENTS = ['# c', '# d', '#e', '# longer comment', '# é', '#'] as const

class Writer {
  readonly #draw: Draw
  readonly #anchors: string[] = []

  constructor(draw: Draw) {
    this.#draw = draw
  }

  root(): string {
    const draw = this.#draw
    const depth = 1 + draw.below(4)
    const body = chance(draw, 1, 12)
      ? `${this.#inline(0)}${this.#lineEnd()}\n`
      : chance(draw, 1, 4)
        ? this.#sequence('', depth)
        : this.#mapping('', depth)
    return body + (chance(draw, 1, 8) ? `${pick(draw, ['', '\n'])}${pick(draw, COMMENTS)}\n` : '')
  }

  /** Blank lines and comments above an entry. */
  #above(indent: string): string {
    const draw = this.#draw
    if (!chance(draw, 1, 5)) return ''
    const comment = (): string => `${indent}${pick(draw, COMMENTS)}\n`
    return (
      pick(draw, ['', '', '\n']) +
      pick(draw, ['', comment(), comment(), comment() + comment(), `${comment()}\n${comment()}`]) +
      pick(draw, ['', '', '\n'])
    )
  }

  #lineEnd(): string {
    return chance(this.#draw, 1, 8) ? ` ${pick(this.#draw, COMMENTS)}` : ''
  }

  #properties(): string {
    const draw = this.#draw
    if (chance(draw, 1, 14)) return `&x${this.#anchors.length} `
    return chance(draw, 1, 25)
      ? `${pick(draw, ['!!str', '!custom', '!!int', '!!map', '!!seq', '!!float'])} `
      : ''
  }

  /** A value that fits on one line. `depth` limits the nesting of flow collections. */
  #inline(depth: number): string {
    const draw = this.#draw
    if (this.#anchors.length > 0 && chance(draw, 1, 10)) return `*${pick(draw, this.#anchors)}`
    switch (draw.below(depth > 0 ? 12 : 8)) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4:
        return pick(draw, PLAIN)
      case 5:
      case 6:
        return pick(draw, QUOTED)
      case 7:
        return pick(draw, ['', '[]', '{}', pick(draw, PLAIN)])
      case 8:
      case 9:
        return `[${list(draw, 0, 3, () => this.#inline(depth - 1) || 'z').join(pick(draw, [', ', ',']))}]`
      default:
        return `{${list(draw, 0, 3, (index) => `${pick(draw, ['a', 'b', 'k'])}${index}: ${this.#inline(depth - 1)}`).join(', ')}}`
    }
  }

  #blockScalar(indent: string): string {
    const draw = this.#draw
    const lines = list(draw, 1, 4, () =>
      pick(draw, ['text', 'more text', '', '  deeper', '# no comment', 'a: b', '{{if .X}}y{{end}}', 'end ']),
    )
    const body = lines.map((line) => (line === '' ? '\n' : `${indent}  ${line}\n`)).join('')
    // A first line that is empty or indented further needs an indentation indicator. Starting with a word
    // keeps most documents valid.
    return `${pick(draw, ['|', '>', '|-', '>-', '|+', '>+'])}${this.#lineEnd()}\n${indent}  first\n${body}`
  }

  /** The text after `key:` or `-`, including the line break. */
  #value(indent: string, depth: number, compact: boolean): string {
    const draw = this.#draw
    const properties = this.#properties()
    const anchor = /^&(\S+)/u.exec(properties)?.[1]
    const choice = draw.below(10)
    if (depth > 0 && choice < 4) {
      const nested = compact ? `${indent}  ` : indent + pick(draw, ['  ', '  ', '    '])
      const sequenceIndent = !compact && chance(draw, 1, 3) ? indent : nested
      if (anchor !== undefined) this.#anchors.push(anchor)
      const start = `${properties === '' ? '' : ` ${properties.trimEnd()}`}${this.#lineEnd()}\n`
      if (compact && properties === '' && chance(draw, 3, 4))
        return ` ${this.#mapping(nested, depth - 1).trimStart()}`
      return (
        start +
        (chance(draw, 1, 3) ? this.#sequence(sequenceIndent, depth - 1) : this.#mapping(nested, depth - 1))
      )
    }
    const inline = choice === 9 ? '' : this.#inline(2)
    const alone = inline.startsWith('*') ? '' : properties
    if (anchor !== undefined && alone !== '') this.#anchors.push(anchor)
    if (choice === 9) return ` ${properties}${this.#blockScalar(indent)}`
    return `${inline === '' && alone === '' ? '' : ` ${alone}${inline}`.trimEnd()}${this.#lineEnd()}\n`
  }

  #mapping(indent: string, depth: number): string {
    const draw = this.#draw
    const keys = new Set(list(draw, 1, 4, () => pick(draw, KEYS)))
    const entries = [...keys].map(
      (key) => `${this.#above(indent)}${indent}${key}:${this.#value(indent, depth, false)}`,
    )
    if (this.#anchors.length > 0 && chance(draw, 1, 8))
      entries.push(`${indent}<<: *${pick(draw, this.#anchors)}\n`)
    return entries.join('')
  }

  #sequence(indent: string, depth: number): string {
    return list(
      this.#draw,
      1,
      4,
      () => `${this.#above(indent)}${indent}-${this.#value(indent, depth, true)}`,
    ).join('')
  }
}
