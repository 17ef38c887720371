import type { Context } from '../evaluator/context.ts'
import { evaluationFault, refusalFault } from '../evaluator/evaluation-fault.ts'
import type { Expression, Operation } from '../expression/ast.ts'
import { YqFault } from '../errors.ts'
import { readInput } from '../formats/read-input.ts'
import { DEFAULT_PREFERENCES } from '../formats/preferences.ts'
import { textOfBytes } from '../go/byte-text.ts'
import { appendItem } from '../tree/children.ts'
import { Node } from '../tree/node.ts'

/** `load(file)` and similar: the document of a file, or a list if there are several. */
export function load(context: Context, { argument, format }: Operation<'load'>): Context {
  return loadEach(context, argument, (bytes, fileName) => {
    // yq reads these files with default settings, regardless of its flags.
    const documents = [
      ...readInput(format, bytes, { fileName, fileIndex: 0, headerPreprocess: false }, DEFAULT_PREFERENCES),
    ]
    const [first, second] = documents
    if (first === undefined) return new Node('scalar', '!!null')
    if (second === undefined) return first
    const list = new Node('sequence')
    for (const document of documents) appendItem(list, document)
    return list
  })
}

/** `load_str(file)`: the text of a file. */
export function loadText(context: Context, { argument }: Operation<'loadText'>): Context {
  return loadEach(context, argument, (bytes) => new Node('scalar', '!!str', textOfBytes(bytes)))
}

function loadEach(
  context: Context,
  argument: Expression,
  convert: (bytes: Uint8Array, fileName: string) => Node,
): Context {
  const { readFile } = context.run.capabilities
  if (readFile === undefined) {
    throw refusalFault(
      'file operations have been disabled',
      'load is only allowed with permission to read files',
    )
  }
  return context.with(
    context.nodes.map((node) => {
      const [name] = context.withSingleReadOnly(node).evaluate(argument).nodes
      if (name === undefined) throw evaluationFault('filename expression returned nil')
      try {
        return convert(readFile(name.value), name.value)
      } catch (error) {
        if (!(error instanceof YqFault)) throw error
        const prefix = `failed to load ${name.value}: `
        throw error.with({
          message: prefix + error.sentence,
          yqMessage: prefix + error.yqMessage,
        })
      }
    }),
  )
}
