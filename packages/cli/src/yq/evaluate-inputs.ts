import {
  compile,
  type Node,
  type Program,
  readInput,
  ResultWriter,
  type RunOptions,
  YqFault,
} from '@overlay-render/yq'

import { capabilitiesOf } from './capabilities.ts'
import type { Inputs } from './choose-inputs.ts'
import { colourText } from './colour.ts'
import type { Destination } from './destination.ts'
import { fileDestination } from './file-destination.ts'
import { splitFrontMatter } from './front-matter.ts'
import { readInputFile } from './input-file.ts'
import type { YqIo } from './io.ts'
import { nodeInfoText } from './node-info.ts'
import type { ParsedArguments } from './parse-flags.ts'
import { warningText } from './print-error.ts'
import type { Settings } from './settings.ts'
import { splitDestination } from './split-destination.ts'
import { stdoutDestination } from './stdout-destination.ts'

/** One call of yq. */
export interface Evaluation {
  readonly inputs: Inputs
  /** `each` runs the expression once for each document, `together` once for all. */
  readonly mode: 'each' | 'together'
  /** An expression for the file name of each result; '' for none. */
  readonly splitExpression: string
  readonly flags: ParsedArguments
  readonly settings: Settings
  readonly io: YqIo
}

/** What yq appends to the expression for -P. */
const PRETTY_PRINT =
  '(... | (select(tag != "!!str"), select(tag == "!!str") | select(test("(?i)^(y|yes|n|no|on|off)$") | not))  ) style=""'

/** Evaluates the expression over the inputs and writes the results to their destination. */
export async function evaluateInputs(evaluation: Evaluation): Promise<void> {
  const { flags, mode } = evaluation
  const destination = chooseDestination(evaluation)
  // With eval-all, yq reads the documents first, so their errors come before those of the expression.
  let program = mode === 'each' ? compileExpression(evaluation) : undefined
  const options = runOptions(evaluation)
  const writer = makeWriter(evaluation, destination)
  const isInfo = flags.boolean('debug-node-info') && mode === 'each'
  const frontMatter = new FrontMatterTail(flags.text('front-matter') === 'process', destination)
  const print = (documents: readonly Node[]): void => {
    program ??= compileExpression(evaluation)
    const results = program.run(documents, options)
    if (!isInfo) writer.print(results)
    else for (const node of results) writeNodeInfo(node, destination)
    if (results.length > 0) frontMatter.append()
  }
  const waiting: Node[] = []
  let count = 0
  for await (const document of documentsOf(evaluation, frontMatter)) {
    count++
    if (mode === 'together') waiting.push(document)
    else print([document])
  }
  if (mode === 'together' || count === 0) print(waiting)
  if (flags.boolean('exit-status') && !writer.wroteMatch && !isInfo) {
    throw new YqFault({ code: 'evaluation-failed', message: 'no matches found' })
  }
  await destination.finish()
}

function compileExpression({ flags, inputs: { expression } }: Evaluation): Program {
  const isPretty = flags.boolean('prettyPrint')
  const pretty = expression === '' ? PRETTY_PRINT : `${expression} | ${PRETTY_PRINT}`
  return compile(isPretty ? pretty : expression, { file: 'expression' })
}

function runOptions({ flags, mode, settings, io }: Evaluation): RunOptions {
  return {
    mode,
    capabilities: capabilitiesOf(flags, io),
    settings: {
      formats: settings.preferences,
      mergeToSpecification: flags.boolean('yaml-fix-merge-anchor-to-spec'),
      interpolation: flags.boolean('string-interpolation', true),
    },
    onWarning: (warning) => io.writeStderr(warningText(warning)),
  }
}

function chooseDestination(evaluation: Evaluation): Destination {
  const { flags, inputs, splitExpression, settings, io } = evaluation
  if (flags.boolean('inplace')) return fileDestination(inputs.files[0] ?? '', io.cwd)
  if (splitExpression === '') return stdoutDestination(io)
  const naming = compileNaming(splitExpression)
  return splitDestination({
    folder: io.cwd,
    extension: settings.output.extension,
    nameOf: (node, index) => nameOf(naming, node, index, runOptions(evaluation)),
  })
}

/** Compiles the expression for file names. @throws YqFault when it cannot be parsed */
export function compileNaming(expression: string): Program {
  try {
    return compile(expression, { file: 'split-exp' })
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    throw error.with({ yqMessage: `bad split document expression: ${error.yqMessage}` })
  }
}

function makeWriter(
  { flags, settings, splitExpression, io }: Evaluation,
  destination: Destination,
): ResultWriter {
  const { output, indent, unwrapScalar, preferences } = settings
  const encoder = output.makeEncoder?.({ indent, unwrapScalar, preferences })
  if (encoder === undefined) {
    throw new YqFault({ code: 'unsupported', message: `no support for ${output.name} output format` })
  }
  const isFile = splitExpression !== '' || flags.boolean('inplace')
  const isColoured = hasColours(flags, isFile, io) && (output.name === 'yaml' || output.name === 'json')
  return new ResultWriter({
    encoder,
    mergeToSpecification: flags.boolean('yaml-fix-merge-anchor-to-spec'),
    onWarning: (message) => io.writeStderr(`Warning: ${message}\n`),
    nulOutput: flags.boolean('nul-output'),
    begin: (node) => destination.begin?.(node),
    write: (text, node) => {
      const isBare = node.kind === 'scalar' && unwrapScalar
      destination.write(isColoured && !isBare ? colourText(text) : text)
    },
  })
}

/** Colours are on for a terminal or when forced; for files only when forced. */
function hasColours(flags: ParsedArguments, isFile: boolean, io: YqIo): boolean {
  if (flags.boolean('colors')) return true
  const isRefused = flags.boolean('no-colors') || (io.env['NO_COLOR'] ?? '') !== ''
  return !isFile && !isRefused && io.stdoutIsTerminal
}

/** The documents of all files; each file is read when it is needed. */
async function* documentsOf(evaluation: Evaluation, frontMatter: FrontMatterTail): AsyncGenerator<Node> {
  const { inputs, flags, mode, settings, io } = evaluation
  for (const [fileIndex, fileName] of inputs.files.entries()) {
    let bytes = fileName === '-' ? await io.readStdin() : readInputFile(fileName, io.cwd)
    if (fileIndex === 0 && flags.text('front-matter') !== '') {
      const { yaml, content } = splitFrontMatter(bytes)
      bytes = yaml
      frontMatter.content = content
    }
    // With eval-all, only the header of the first file is kept, so that the comments of the others can be merged.
    const isFirst = mode === 'each' || fileIndex === 0
    const headerPreprocess = settings.preferences.yaml.headerPreprocess && isFirst
    yield* readInput(settings.input, bytes, { fileName, fileIndex, headerPreprocess }, settings.preferences)
  }
}

/** The content after the front matter of the first file. It is printed once, after the first results. */
class FrontMatterTail {
  content: Uint8Array = new Uint8Array()
  readonly #isKept: boolean
  readonly #destination: Destination

  constructor(isKept: boolean, destination: Destination) {
    this.#isKept = isKept
    this.#destination = destination
  }

  append(): void {
    if (this.#isKept && this.content.length > 0) this.#destination.append(this.content)
    this.content = new Uint8Array()
  }
}

function nameOf(naming: Program, node: Node, index: number, options: RunOptions): string {
  const counter = compile(String(index)).run([])
  const variables = { index: counter }
  return naming.run([node], { ...options, variables })[0]?.value ?? ''
}

function writeNodeInfo(node: Node, destination: Destination): void {
  destination.begin?.(node)
  destination.write(nodeInfoText(node))
}
