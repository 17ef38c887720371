import { chooseInputs, type Inputs } from './choose-inputs.ts'
import { completionScript } from './completion/completion-script.ts'
import { compileNaming, evaluateInputs } from './evaluate-inputs.ts'
import { helpText, v3HelpText } from './help-text.ts'
import { readInputFile } from './input-file.ts'
import { MessageStream } from '../message-stream.ts'
import { processIo, type YqIo } from './io.ts'
import { runMigrate } from './migrate-command.ts'
import { parseFlags, type ParsedArguments } from './parse-flags.ts'
import { printError } from './print-error.ts'
import { chooseSettings } from './settings.ts'
import { usageFault } from './usage-fault.ts'
import { versionText } from './version-text.ts'
import { runWrite } from './write-command.ts'

export type { YqIo }

/**
 * `overlay-render yq`: the command line of yq 4. Returns the exit status: 0, 1 for every error of the caller, as in yq, or 3 for a
 * fault of this program.
 */
export async function runYq(args: readonly string[], io: YqIo = processIo()): Promise<number> {
  const verbose = args.includes('-v') || args.includes('--verbose')
  try {
    const [first, ...rest] = args
    const v3Help = isHelp(rest) ? v3HelpText(first) : undefined
    // The commands for yq 3 scripts have flags of their own.
    if (v3Help !== undefined) io.writeStdout(v3Help)
    else if (first === 'write' || first === 'w') await runWrite(rest, io)
    else if (first === 'migrate') return runMigrate(rest, io)
    else await dispatch(parseFlags(args), io)
    return 0
  } catch (error) {
    return printError(error, io, verbose)
  }
}

function isHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h')
}

/** yq's commands. Any other first argument belongs to `eval`. */
const COMMANDS: ReadonlyMap<string | undefined, 'each' | 'together' | 'help' | 'completion'> = new Map([
  ['eval', 'each'],
  ['e', 'each'],
  ['eval-all', 'together'],
  ['ea', 'together'],
  ['help', 'help'],
  ['completion', 'completion'],
  ['shell-completion', 'completion'],
])

/** The width for the help. */
function screenWidth(): number {
  return new MessageStream(process.stdout, false).width
}

async function dispatch(flags: ParsedArguments, io: YqIo): Promise<void> {
  const command = COMMANDS.get(flags.positional[0])
  const positional = command === undefined ? flags.positional : flags.positional.slice(1)
  if (flags.boolean('help') || command === 'help') return io.writeStdout(helpText(screenWidth()))
  if (flags.boolean('version')) return io.writeStdout(versionText())
  if (command === 'completion') return io.writeStdout(completionScript(positional))
  const inputs = chooseInputs(positional, flags, io)
  const splitExpression = splitExpressionOf(flags, io)
  checkCombination(flags, inputs, splitExpression)
  const settings = chooseSettings(flags, inputs.files[0] ?? '')
  if (splitExpression !== '') compileNaming(splitExpression)
  if (inputs.files.length === 0 && !flags.boolean('null-input'))
    return io.writeStdout(helpText(screenWidth()))
  if (flags.boolean('tojson')) io.writeStderr('Warning: --tojson is deprecated, use -o=json instead\n')
  for (const warning of settings.warnings) io.writeStderr(`Warning: ${warning}\n`)
  await evaluateInputs({
    inputs,
    mode: command === 'together' ? 'together' : 'each',
    splitExpression,
    flags,
    settings,
    io,
  })
}

function splitExpressionOf(flags: ParsedArguments, io: YqIo): string {
  const file = flags.text('split-exp-file')
  return file === '' ? flags.text('split-exp') : Buffer.from(readInputFile(file, io.cwd)).toString('utf8')
}

function checkCombination(flags: ParsedArguments, { files }: Inputs, splitExpression: string): void {
  const [first] = files
  if (flags.boolean('inplace') && (first === undefined || first === '-')) {
    throw usageFault('write in place flag only applicable when giving an expression and at least one file')
  }
  if (flags.text('front-matter') !== '' && first === undefined) {
    throw usageFault('front matter flag only applicable when giving an expression and at least one file')
  }
  if (flags.boolean('inplace') && splitExpression !== '') {
    throw usageFault('write in place cannot be used with split file')
  }
  if (flags.boolean('null-input') && files.length > 0) {
    throw usageFault('cannot pass files in when using null-input flag')
  }
}
