import { Fault } from '@overlay-render/system'
import { type Node, readDocuments } from '@overlay-render/yq'

import { parseYaml } from './parse-yaml.ts'
import { equalValues, isList, member, toJson, type Value, type ValueMap } from './value.ts'

/** An item of a List as a document. */
export interface ListItem {
  readonly text: string
  /** UTF-16 offset of the item in the text of the List. */
  readonly start: number
  /** The spaces that are removed from each line. */
  readonly indent: number
}

/** Whether kubectl applies the items instead of the object: a `List`, or a list of one kind without a name. */
export function isListKind({ kind, name }: { readonly kind: string; readonly name: string }): boolean {
  return kind.endsWith('List') && name === ''
}

/**
 * The items of a List, each as it is written, without the indentation. An item that cannot be cut out, such as one of a JSON file
 * or one with an alias, is written as JSON.
 *
 * @param text the one document of the List
 * @param list its value
 * @returns undefined when `items` is no list
 */
export function listItems(text: string, list: ValueMap): readonly ListItem[] | undefined {
  const items = member(list, 'items') ?? []
  if (!isList(items)) return undefined
  const nodes = itemNodes(text)
  return items.map((value, index) => {
    const node = nodes[index]
    const start = Math.max(node?.start ?? 0, 0)
    const indent = start - (text.lastIndexOf('\n', start - 1) + 1)
    const written = node === undefined ? undefined : cutOut(text, node, indent)
    return written !== undefined && isSame(written, value)
      ? { text: written, start, indent }
      : { text: `${toJson(value, '  ')}\n`, start, indent: 0 }
  })
}

function itemNodes(text: string): readonly Node[] {
  try {
    const [root] = readDocuments(text, { headerPreprocess: false, needsComments: false })
    const at = root?.content.findIndex((key, index) => index % 2 === 0 && key.value === 'items') ?? -1
    return at < 0 ? [] : (root?.content[at + 1]?.content ?? [])
  } catch (error) {
    if (error instanceof Fault) return []
    throw error
  }
}

function cutOut(text: string, { start, end }: Node, indent: number): string | undefined {
  const lines = text.slice(start, end).split('\n')
  const margin = ' '.repeat(indent)
  if (lines.some((line, index) => index > 0 && line.trim() !== '' && !line.startsWith(margin)))
    return undefined
  const cut = lines.map((line, index) => (index === 0 ? line : line.slice(indent))).join('\n')
  return `${cut.trimEnd()}\n`
}

function isSame(text: string, value: Value): boolean {
  const parsed = parseYaml(text)
  return parsed.ok && parsed.documents.length === 1 && equalValues(parsed.documents[0], value)
}
