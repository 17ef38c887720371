import { iterateDocuments, ResultPrinter, YqFault } from '@overlay-render/yq'

import { compile } from '../../packages/yq/src/compile.ts'
import type { Case } from '../vectors/cases/case.ts'
import type { Verdict } from './oracle.ts'

/** What `-P` puts behind an expression: every style but that of strings that look like old booleans goes. */
const PRETTY =
  '(... | (select(tag != "!!str"), select(tag == "!!str") | select(test("(?i)^(y|yes|n|no|on|off)$") | not))) style=""'

const SUPPORTED =
  /^(?:-I\d+|-c|-P|-N|-n|ea|-r=false|--header-preprocess=false|--string-interpolation=false|--yaml-fix-merge-anchor-to-spec)$/u

/** Whether a case can be run by the library alone: formats and exit statuses are matters of the command. */
export function isForLibrary({ flags = [] }: Case): boolean {
  return flags.every((flag) => SUPPORTED.test(flag))
}

/** Runs this project's yq on a case, in the manner of the command: what was printed before a fault stays. */
export function runOurs({ document, expression = '.', flags = [] }: Case): Verdict {
  const has = (flag: string): boolean => flags.includes(flag)
  const printer = new ResultPrinter({
    indent: Number(flags.find((flag) => flag.startsWith('-I'))?.slice(2) ?? 2),
    compactSequences: has('-c'),
    unwrapScalar: !has('-r=false'),
    printDocSeparators: !has('-N'),
  })
  let output = ''
  try {
    const program = compile(has('-P') ? `${expression} | ${PRETTY}` : expression)
    const mode = has('ea') ? 'together' : 'each'
    const options = {
      mode,
      settings: {
        interpolation: !has('--string-interpolation=false'),
        mergeToSpecification: has('--yaml-fix-merge-anchor-to-spec'),
      },
      capabilities: { environment: () => undefined, timeZone: 'UTC' },
    } as const
    const documents = has('-n')
      ? [].values()
      : iterateDocuments(document, { headerPreprocess: !has('--header-preprocess=false') })
    let isEmpty = true
    for (const batch of mode === 'together' ? [[...documents]] : batches(documents)) {
      if (batch.length === 0) continue
      isEmpty = false
      output += printer.print(program.run(batch, options))
    }
    if (isEmpty) output += printer.print(program.run([], options))
    return { output }
  } catch (error) {
    if (error instanceof YqFault) return { output, error: `Error: ${error.yqMessage}` }
    throw error
  }
}

function* batches<T>(items: Iterable<T>): Generator<T[]> {
  for (const item of items) yield [item]
}
