import { takeSteps } from '../../budget/node-budget.ts'
import { parseSnippet } from '../../reader/snippet.ts'
import { YqFault } from '../../errors.ts'
import { copyNode } from '../../tree/copy-node.ts'
import { Node } from '../../tree/node.ts'
import { attachItem, attachPair } from '../attach.ts'
import { readCsv } from './reader.ts'
import type { CsvPreferences } from '../preferences.ts'

/** A CSV or TSV text as one list of maps, with the keys of its first line. */
export function* decodeCsv(text: string, { separator, autoParse }: CsvPreferences): Generator<Node> {
  const records = readCsv(text.replace(/^\ufeff/, ''), separator)
  const header = records.next()
  if (header.done === true) return
  const rows = new Node('sequence', '!!seq')
  for (const record of records) {
    const row = new Node('mapping', '!!map')
    for (const [index, name] of header.value.entries()) {
      attachPair(row, new Node('scalar', '!!str', name), cellNode(record[index] ?? '', autoParse))
    }
    attachItem(rows, row)
  }
  yield rows
}

/** What reading a cell as YAML costs besides its characters. */
const STEPS_A_CELL = 30

/** A cell is read as YAML; without auto-parsing only where that is a scalar with the very text of the cell. */
function cellNode(cell: string, autoParse: boolean): Node {
  takeSteps(STEPS_A_CELL)
  try {
    const node = parseSnippet(cell)
    // yq copies the cell, and an index of a copied list is no key of a map.
    if (node.content.length > 0 && autoParse) return copyNode(node)
    if (autoParse || (node.kind === 'scalar' && node.value === cell)) return node
  } catch (error) {
    // What is not YAML is a string.
    if (!(error instanceof YqFault)) throw error
  }
  return new Node('scalar', '!!str', cell)
}
