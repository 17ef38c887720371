import { readInputFile, isFile } from './input-file.ts'
import type { YqIo } from './io.ts'
import type { ParsedArguments } from './parse-flags.ts'

/** The expression and the input files of a call. */
export interface Inputs {
  readonly expression: string
  /** The names of the files; `-` is stdin. */
  readonly files: readonly string[]
}

/**
 * Separates the expression from the files as yq does: an argument that is a file is an input, a first `.yq` file is a script, and
 * stdin is added when it is piped and no file is named.
 */
export function chooseInputs(positional: readonly string[], flags: ParsedArguments, io: YqIo): Inputs {
  const isInput = (name: string | undefined): name is string => name !== undefined && isFile(name, io.cwd)
  const files = withStdin(positional, flags, io)
  let script = flags.text('from-file')
  if (script === '' && isInput(files[0]) && files[0].endsWith('.yq')) script = files.shift() ?? ''
  let expression = flags.text('expression')
  if (script !== '') {
    expression = Buffer.from(readInputFile(script, io.cwd)).toString('utf8').replaceAll('\r\n', '\n')
  }
  if (expression === '' && files[0] !== undefined && files[0] !== '-' && !isInput(files[0])) {
    expression = files.shift() ?? ''
  }
  return { expression, files }
}

function withStdin(positional: readonly string[], flags: ParsedArguments, io: YqIo): string[] {
  const [first] = positional
  const namesFiles = positional.length > 1 || (first !== undefined && isFile(first, io.cwd))
  const readsStdin = io.stdinIsPiped && !flags.boolean('null-input') && !namesFiles && first !== '-'
  return readsStdin ? [...positional, '-'] : [...positional]
}
