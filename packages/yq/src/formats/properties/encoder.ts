import { replaceInvalidUtf8 } from '../../go/byte-text.ts'
import { isSpace } from '../../go/white-space.ts'
import { quote } from '../../go/quote.ts'
import { mapEntries } from '../../tree/children.ts'
import type { Node } from '../../tree/node.ts'
import { headAndLineText } from '../comment-text.ts'
import { danglingAlias, cannotEncode } from '../format-fault.ts'
import { expansionProblem } from './expansion.ts'
import type { PropertiesPreferences } from '../preferences.ts'
import { tagKeysAsStrings } from '../string-keys.ts'

interface Entries {
  readonly values: Map<string, string>
  /** By the path of any node. With an empty key, a map and a scalar have the same path and share comments. */
  readonly comments: Map<string, string>
}

export interface PropertiesOptions extends PropertiesPreferences {
  /** Whether values are printed unchanged; otherwise values with a space are quoted. */
  readonly unwrapScalar: boolean
}

/** One `path = value` line for each scalar of a tree, with its comments above it. */
export function encodeProperties(node: Node, leadingContent: string, options: PropertiesOptions): string {
  const leading = leadingText(leadingContent)
  if (node.kind === 'scalar') return `${leading}${node.value}\n`
  tagKeysAsStrings(node)
  const { values, comments } = collect(node, options)
  let result = ''
  for (const [path, value] of values) {
    const lines = (comments.get(path) ?? '').split('\n')
    if (lines.some((line) => line !== '')) {
      // A blank line is between entries, not in front of the first.
      if (result !== '') result += '\n'
      result += lines.map((line) => `#${line}\n`).join('')
    }
    result += `${escapeProperty(path, ' :')}${options.separator || ' = '}${escapeProperty(value, '')}\n`
  }
  return leading + result
}

/** The leading content of a file, without separators. */
function leadingText(content: string): string {
  const kept = content
    .split(/(?<=\n)/)
    .filter((line) => !line.includes('$yqDocSeparator$'))
    .join('')
  const endsOpen = content !== '' && !content.endsWith('\n')
  return endsOpen ? `${kept}\n` : kept
}

interface Pending {
  readonly node: Node
  readonly path: string
  readonly key: Node | undefined
}

function collect(root: Node, options: PropertiesOptions): Entries {
  const comments = new Map<string, string>()
  const values = new Map<string, string>()
  const open: Pending[] = [{ node: root, path: '', key: undefined }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path, key } = next
    const own = (key === undefined ? '' : headAndLineText(key)) + headAndLineText(node)
    comments.set(path, own.replaceAll('\n', '\n '))
    if (node.kind === 'alias') {
      if (node.alias === undefined) throw danglingAlias(node)
      open.push({ node: node.alias, path, key: undefined })
    } else if (node.kind === 'scalar') {
      if (path === '') continue
      const value = options.unwrapScalar || !node.value.includes(' ') ? node.value : quote(node.value)
      values.set(path, value)
      const problem = expansionProblem(path, values)
      if (problem !== undefined) throw cannotEncode(problem)
    } else {
      open.push(...children(node, path, options).toReversed())
    }
  }
  return { values, comments }
}

function children(node: Node, path: string, { arrayBrackets }: PropertiesOptions): Pending[] {
  const join = (step: string): string => (path === '' ? step : `${path}.${step}`)
  if (node.kind === 'mapping') {
    return Array.from(mapEntries(node), ([key, value]) => ({ node: value, path: join(key.value), key }))
  }
  return node.content.map((item, index) => ({
    node: item,
    path: arrayBrackets && path !== '' ? `${path}[${index}]` : join(String(index)),
    key: undefined,
  }))
}

const NAMED: Readonly<Record<string, string>> = {
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
}

/** Escapes line breaks, backslashes, `special` characters, and a space at the start. */
function escapeProperty(text: string, special: string): string {
  return Array.from(replaceInvalidUtf8(text), (character, index) => {
    const extra = index === 0 && isSpace(character) ? ' ' : special
    return NAMED[character] ?? (extra.includes(character) ? `\\${character}` : character)
  }).join('')
}
