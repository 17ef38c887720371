import { iterateDocuments } from '../../src/reader/read.ts'
import { YqFault } from '../../src/errors.ts'
import { ResultPrinter } from '../../src/printer/print.ts'
import { resetStyles } from '../../src/printer/reset-styles.ts'
import { Node } from '../../src/tree/node.ts'

/** Flags of yq, by their names in the vectors. */
export interface Flags {
  readonly Indent?: number
  readonly Compact?: boolean
  readonly Pretty?: boolean
  readonly NoUnwrap?: boolean
  readonly NoHeader?: boolean
}

export interface Printed {
  readonly out: string
  /** yq's message, '' for none. */
  readonly error: string
}

/** The output of `yq FLAGS . -` with `text` on stdin. Each document is printed before the next one is read. */
export function printAsYq(text: string, flags: Flags): Printed {
  const { Indent = 2, Compact = false, Pretty = false, NoUnwrap = false, NoHeader = false } = flags
  const printer = new ResultPrinter({ indent: Indent, compactSequences: Compact, unwrapScalar: !NoUnwrap })
  let out = ''
  let isEmpty = true
  try {
    for (const root of iterateDocuments(text, { headerPreprocess: !NoHeader })) {
      isEmpty = false
      if (Pretty) resetStyles(root)
      out += printer.print([root])
    }
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    return { out, error: `bad file '-': ${error.yqMessage}` }
  }
  return { out: isEmpty ? printer.print([new Node('scalar', '!!null')]) : out, error: '' }
}
