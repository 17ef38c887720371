import { takeSteps } from '../budget/node-budget.ts'
import { YqFault } from '../errors.ts'
import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { replacementOf } from './make-node.ts'
import type { Operation } from '../expression/ast.ts'
import { encodeText } from '../formats/encode-text.ts'
import { FORMATS } from '../formats/formats.ts'
import type { Format } from '../formats/format.ts'
import { documentOf } from '../tree/path.ts'
import type { Node } from '../tree/node.ts'

/** `to_json`, `@csv` and similar: encodes each match as text. */
export function encode(context: Context, options: Operation<'encode'>): Context {
  const { settings } = context.run
  return context.with(
    context.nodes.map((node) => {
      const text = encodeText(node, options, settings.formats, settings.mergeToSpecification)
      return replacementOf(node, 'scalar', '!!str', trimLineBreaks(context, node, text, options))
    }),
  )
}

/** Formats that end with a line break in a file, but not in a string. */
const WITHOUT_FINAL_BREAK: ReadonlySet<string> = new Set(['csv', 'tsv'])

function trimLineBreaks(context: Context, node: Node, text: string, options: Operation<'encode'>): string {
  const { format, indent } = options
  const original = context.variable(inputVariable(node))?.[0]
  // What was decoded from a text without a final line break is encoded without one.
  const hadNoFinalBreak = original !== undefined && !original.value.endsWith('\n') && /[^\n]\n$/.test(text)
  const isWithoutBreak = WITHOUT_FINAL_BREAK.has(format) || (format === 'json' && indent === 0)
  return hadNoFinalBreak || isWithoutBreak ? text.replace(/\n+$/, '') : text
}

/** `from_json`, `@base64d` and similar: replaces each match with the first document that it encodes. */
export function decode(context: Context, { format }: Operation<'decode'>): Context {
  const { formats } = context.run.settings
  const { decode: decodeText }: Format = FORMATS[format]
  if (decodeText === undefined) throw evaluationFault('no support for input format')
  let current = context
  const results = context.nodes.map((node) => {
    takeSteps(node.value.length)
    current = current.bind(inputVariable(node), [node])
    const source = { fileName: '-', fileIndex: 0, headerPreprocess: formats.yaml.headerPreprocess }
    const decoded = firstDocument(decodeText({ ...source, text: node.value }, formats))
    decoded.parent = node.parent
    decoded.key = node.key
    return decoded
  })
  return current.with(results)
}

/** Errors in the text get the position in the expression, because the text is a value, not a file. */
function firstDocument(documents: Iterable<Node>): Node {
  try {
    const [first] = documents
    if (first !== undefined) return first
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    throw error.with({ position: undefined, source: undefined })
  }
  // Go's message for an empty input.
  throw evaluationFault('EOF')
}

/** The variable in which `decode` stores its input for a later `encode` of the same node. */
function inputVariable(node: Node): string {
  const key = node.isMapKey ? `key-${node.value}-` : ''
  return `decoded: ${key}${documentOf(node)?.index ?? 0} - ${node.key?.value ?? ''}`
}
