import { takeSteps } from '../../budget/node-budget.ts'
import { parseSnippet } from '../../reader/snippet.ts'
import { YqFault } from '../../errors.ts'
import { copyNode } from '../../tree/copy-node.ts'
import { Node } from '../../tree/node.ts'
import { attachItem, attachPair } from '../attach.ts'
import { readCsv } from './reader.ts'
import type { CsvPreferences } from '../preferences.ts'

/** Decodes CSV or TSV to one list of maps, with the keys of the first line. */
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

/** The fixed cost of reading a cell as YAML, in steps. */
const STEPS_PER_CELL = 30

/** Reads a cell as YAML; without auto-parsing only if the result is a scalar with exactly the cell's text. */
function cellNode(cell: string, autoParse: boolean): Node {
  takeSteps(STEPS_PER_CELL)
  try {
    const node = parseSnippet(cell)
    // yq copies the cell, and the index of a copied list is not a map key.
    if (node.content.length > 0 && autoParse) return copyNode(node)
    if (autoParse || (node.kind === 'scalar' && node.value === cell)) return node
  } catch (error) {
    // Text that is not YAML is a string.
    if (!(error instanceof YqFault)) throw error
  }
  return new Node('scalar', '!!str', cell)
}
