import { isSpace } from '../../go/white-space.ts'
import { mapEntries } from '../../tree/children.ts'
import type { Node } from '../../tree/node.ts'
import { cannotEncode } from '../format-fault.ts'
import type { CsvPreferences } from '../preferences.ts'

const ROWS = 'csv encoding only works for arrays of scalars (string/numbers/booleans)'
const OBJECTS =
  'csv object encoding only works for arrays of flat objects (string key => string/numbers/boolean value)'

/**
 * Encodes a list as CSV or TSV: scalars become one line, each list a line, and maps lines below a header with the keys
 * of the first map. Fields are quoted like in Go's encoding/csv.
 */
export function encodeCsv(node: Node, { separator }: CsvPreferences): string {
  if (node.kind === 'scalar') return `${node.value}\n`
  if (node.kind !== 'sequence') throw cannotEncode(`csv encoding only works for arrays, got: ${node.tag}`)
  const [first] = node.content
  if (first === undefined) return ''
  if (first.kind === 'scalar') return row(node.content, separator)
  return first.kind === 'mapping' ? objects(node.content, first, separator) : lists(node.content, separator)
}

function lists(items: readonly Node[], separator: string): string {
  return items
    .map((item, index) => {
      if (item.kind !== 'sequence') throw cannotEncode(`${ROWS}, child[${index}] is a ${item.tag}`)
      return row(item.content, separator)
    })
    .join('')
}

function objects(items: readonly Node[], first: Node, separator: string): string {
  const header = Array.from(mapEntries(first), ([key]) => key)
  // yq prints nothing when a key cannot be a header.
  if (header.some(({ kind }) => kind !== 'scalar')) return ''
  const rows = items.map((item, index) => {
    if (item.kind !== 'mapping') throw cannotEncode(`${OBJECTS}, child[${index}] is a ${item.tag}`)
    const values = valuesByKey(item)
    return row(
      header.map(({ value }) => values.get(value)),
      separator,
    )
  })
  return row(header, separator) + rows.join('')
}

/** The first value of each key. */
function valuesByKey(mapping: Node): Map<string, Node> {
  const values = new Map<string, Node>()
  for (const [key, value] of mapEntries(mapping)) {
    if (!values.has(key.value)) values.set(key.value, value)
  }
  return values
}

/** One line; missing values are empty fields. */
function row(cells: readonly (Node | undefined)[], separator: string): string {
  const fields = cells.map((cell, index) => {
    if (cell !== undefined && cell.kind !== 'scalar') {
      throw cannotEncode(`${ROWS}, child[${index}] is a ${cell.tag}`)
    }
    return quoteField(cell?.value ?? '', separator)
  })
  return `${fields.join(separator)}\n`
}

function quoteField(field: string, separator: string): string {
  const needsQuotes =
    field === String.raw`\.` ||
    field.includes(separator) ||
    /["\r\n]/.test(field) ||
    (field !== '' && isSpace(field.charAt(0)))
  return needsQuotes ? `"${field.replaceAll('"', '""')}"` : field
}
