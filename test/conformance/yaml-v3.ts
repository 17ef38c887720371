import { runProcess } from '@overlay-render/system'

import { YQ_3 } from '../../packages/yq/src/edition.ts'
import { YqFault } from '../../packages/yq/src/errors.ts'
import { emitTree } from '../../packages/yq/src/printer/emitter.ts'
import { iterateDocuments } from '../../packages/yq/src/reader/read.ts'
import type { Verdict } from './oracle.ts'

/** A document, and optionally a script with the target path of each command. */
export interface Question {
  readonly document: string
  readonly script?: string
  readonly places?: readonly (readonly (string | number)[])[]
}

/** Reads and prints documents with the go-yaml version of yq 3.4.1, through the oracle `yaml-v3`. */
export async function runLibrary(program: string, questions: readonly Question[]): Promise<Verdict[]> {
  const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('')
  const { stdout } = await runProcess(program, ['-lines'], { input, timeout: 60_000 })
  return Buffer.from(stdout)
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line): Verdict => JSON.parse(line))
}

/** Reads and prints a document with our yq 3 dialect. */
export function readAndPrint(document: string): Verdict {
  let output = ''
  try {
    for (const root of iterateDocuments(document, { headerPreprocess: false, edition: YQ_3 })) {
      const separator = output === '' ? '' : '---\n'
      output += separator + emitTree(root, { indent: 2, compactSequences: false, edition: YQ_3 })
    }
    return { output }
  } catch (error) {
    if (error instanceof YqFault) return { output, error: error.message }
    throw error
  }
}
