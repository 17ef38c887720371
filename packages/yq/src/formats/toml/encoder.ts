import { quote } from '../../go/quote.ts'
import { trimSpace } from '../../go/white-space.ts'
import { mapEntries } from '../../tree/children.ts'
import type { Node } from '../../tree/node.ts'
import { cannotEncode } from '../format-fault.ts'
import { runWalk, type Walk } from '../nested-walk.ts'

/** Encodes a map as TOML, or a scalar as its text. */
export function encodeToml(node: Node): string {
  if (node.kind === 'scalar') return `${node.value}\n`
  if (node.kind !== 'mapping') throw cannotEncode('TOML encoder expects a mapping at the root level')
  const writer = new TomlWriter()
  runWalk(writer.root(node))
  return writer.text
}

/** Follows yq's encoder in which comments are written, where blank lines are, and what is left out. */
class TomlWriter {
  text = ''
  /** Whether a `key = value` line was written since the last blank line. */
  #needsBlankLine = false

  #blankLine(): void {
    if (this.#needsBlankLine) this.text += '\n'
    this.#needsBlankLine = false
  }

  #comments(comment: string): void {
    if (comment === '') return
    for (const line of comment.split('\n')) this.text += `${withMark(trimSpace(line))}\n`
  }

  *root(node: Node): Walk {
    this.#comments(node.headComment)
    const entries = [...mapEntries(node)]
    for (const [key, value] of entries) if (isAttribute(value)) yield this.#rootEntry(key.value, value)
    for (const [key, value] of entries) if (!isAttribute(value)) yield this.#rootEntry(key.value, value)
  }

  *#rootEntry(key: string, value: Node): Walk {
    // Only at the root, a list of maps in braces is written as tables.
    const isTables = value.kind === 'sequence' && value.content.length > 0 && value.content.every(isMapping)
    if (isTables) yield this.#tables([key], value)
    else if (value.kind === 'mapping' && !value.isInlineTable) yield this.#table([key], value)
    else if (value.kind === 'alias') throw cannotEncode('unsupported node kind for TOML: 8')
    else yield this.#attribute(key, value)
  }

  /** `[path]` and its content. A map of only maps has no header. */
  *#table(path: readonly string[], table: Node): Walk {
    const entries = [...mapEntries(table)]
    if (entries.length === 0 || entries.some(([, value]) => isOwnLine(value))) {
      this.#blankLine()
      this.#comments(table.headComment)
      this.text += `[${dottedKey(path)}]\n`
      yield this.#body(path, table)
      return
    }
    for (const [key, value] of entries) {
      if (value.kind === 'mapping') yield this.#table([...path, key.value], value)
      else if (isListOfTables(value)) yield this.#tables([...path, key.value], value)
    }
  }

  /** `[[path]]` for each item. */
  *#tables(path: readonly string[], list: Node, isSpaced = true): Walk {
    if (isSpaced) this.#blankLine()
    for (const item of list.content) {
      this.text += `[[${dottedKey(path)}]]\n`
      yield this.#body(path, item)
    }
  }

  /** The entries of a table: first the one-line entries, then lists of tables, then tables. */
  *#body(path: readonly string[], table: Node): Walk {
    const entries = [...mapEntries(table)]
    for (const [key, value] of entries) {
      const isTable = value.kind === 'mapping' && !value.isInlineTable
      if (!isTable && !isListOfTables(value)) yield this.#attribute(key.value, value)
    }
    for (const [key, value] of entries) {
      if (isListOfTables(value)) yield this.#tables([...path, key.value], value, false)
    }
    for (const [key, value] of entries) {
      if (value.kind === 'mapping' && !value.isInlineTable) yield this.#table([...path, key.value], value)
    }
  }

  /** `key = value`. An alias of an enclosing node is left out. */
  *#attribute(key: string, value: Node): Walk {
    if (value.kind === 'alias') return
    if (value.kind === 'mapping') {
      this.text += `${tomlKey(key)} = `
      yield this.#inline(value)
      this.text += '\n'
      return
    }
    if (value.tag === '!!null' && value.kind === 'scalar') return
    this.#needsBlankLine = true
    this.#comments(value.headComment)
    this.text += `${tomlKey(key)} = `
    if (value.content.some((item) => item.headComment !== '')) {
      yield this.#commentedItems(value)
      return
    }
    yield this.#inline(value)
    this.text += `${lineComment(value)}\n`
  }

  /** A list with one line per item, and the comments above them. */
  *#commentedItems(list: Node): Walk {
    this.text += '[\n'
    for (const [index, item] of list.content.entries()) {
      if (index > 0) this.text += '\n'
      for (const line of item.headComment.split('\n')) {
        if (trimSpace(line) !== '') this.text += `  ${trimSpace(line).startsWith('#') ? line : `# ${line}`}\n`
      }
      this.text += '  '
      yield this.#inline(item)
      this.text += ',\n'
    }
    this.text += ']\n'
  }

  *#inline(value: Node): Walk {
    if (value.kind === 'scalar') {
      this.text += scalarText(value)
      return
    }
    if (value.kind === 'alias') throw cannotEncode('aliases are not supported in TOML')
    const isMap = value.kind === 'mapping'
    const parts = isMap
      ? Array.from(mapEntries(value), ([key, node]) => ({ lead: `${tomlKey(key.value)} = `, node }))
      : value.content.map((node) => ({ lead: '', node }))
    this.text += isMap ? '{ ' : '['
    let separator = ''
    for (const { lead, node } of parts) {
      if (isMap && node.kind === 'scalar' && node.tag === '!!null') continue
      this.text += separator + lead
      yield this.#inline(node)
      separator = ', '
    }
    this.text += isMap ? ' }' : ']'
  }
}

function isMapping({ kind }: Node): boolean {
  return kind === 'mapping'
}

/** Whether every item is a map that is not in braces. */
function isListOfTables({ kind, content }: Node): boolean {
  return (
    kind === 'sequence' &&
    content.length > 0 &&
    content.every((item) => isMapping(item) && !item.isInlineTable)
  )
}

/** Whether the root writes the node before its tables. */
function isAttribute(node: Node): boolean {
  return node.kind === 'scalar' || (node.kind === 'sequence' && !isListOfTables(node))
}

/** Whether the node requires a header of its table. */
function isOwnLine(node: Node): boolean {
  if (node.kind === 'scalar') return node.tag !== '!!null'
  return node.kind === 'mapping' ? node.isInlineTable : node.kind === 'sequence' && !isListOfTables(node)
}

function scalarText({ tag, value }: Node): string {
  if (tag === '!!str') return quote(value)
  return tag === '!!null' ? '""' : value
}

function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]*$/.test(key) ? key : quote(key)
}

function dottedKey(path: readonly string[]): string {
  return path.map(tomlKey).join('.')
}

function lineComment({ lineComment: comment }: Node): string {
  return comment === '' ? '' : `  ${withMark(trimSpace(comment))}`
}

function withMark(line: string): string {
  return line.startsWith('#') ? line : `# ${line}`
}
