import { Command, CommanderError } from 'commander'

import { openRemoteCache, RenderCache } from '@overlay-render/render'
import { endOnSignals, Fault, printableLines } from '@overlay-render/system'

import { type CommandRow, COMMANDS, GROUPS } from './command-table/index.ts'
import { globalOptions } from './command-table/global.ts'
import type { CommandContext } from './context.ts'
import { ExitStatus } from './exit-status.ts'
import { stderr, stdout } from './output.ts'
import { printFault } from './print-fault.ts'
import { findingLine } from './finding-line.ts'
import { openTerminal, type Terminal, type TerminalFlags } from './terminal.ts'

interface GlobalFlags extends TerminalFlags {
  readonly directory?: string
  readonly kustomize?: string
  readonly cache?: boolean
  readonly remoteCache?: string
  readonly remoteCacheKey?: string
}

/** Runs any command except `yq`, `completion` and `--version`. Returns the exit status. */
export async function runProgram(args: readonly string[]): Promise<number> {
  let status: number = ExitStatus.fine
  const stopListening = endOnSignals()
  const program = makeProgram(async (row, command, given) => {
    const flags = command.optsWithGlobals<GlobalFlags>()
    const terminal = openTerminal(flags)
    let cache: RenderCache | undefined
    try {
      cache = flags.cache === false ? undefined : await openCache(flags)
      const { directory: folder = '.', kustomize } = flags
      const context: CommandContext = { terminal, folder, kustomize, cache }
      status = await row.run(context, command.opts(), given)
    } catch (error) {
      status = printFault(error, terminal)
    }
    endCache(cache, terminal)
  }, rowsFor(args))
  try {
    await program.parseAsync([...(unknownWords(args) ?? args)], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    status = error.exitCode === 0 ? ExitStatus.fine : ExitStatus.badInput
    if (status !== ExitStatus.fine && args.includes('--json')) sayUsage(error)
  } finally {
    stopListening()
  }
  return status
}

/** Wrong arguments are an `error` on stdout, too: a program that reads JSON gets it in any case. */
function sayUsage({ message }: CommanderError): void {
  const sentence = message.replace(/^error: /u, '')
  const fault = new Fault({
    code: 'usage',
    message: sentence,
    hint: 'overlay-render --help lists the commands',
  })
  printFault(fault, openTerminal({ json: true }))
}

/** Opens the cache of this machine, and the remote one if the user's environment or options name it. No file of a tree can choose them. */
async function openCache(flags: GlobalFlags): Promise<RenderCache> {
  const url = flags.remoteCache ?? process.env['OVERLAY_RENDER_REMOTE_CACHE']
  if (url === undefined || url === '') return new RenderCache()
  const keyFile = flags.remoteCacheKey ?? process.env['OVERLAY_RENDER_REMOTE_CACHE_KEY']
  return new RenderCache({
    remote: await openRemoteCache({ url, keyFile: keyFile === '' ? undefined : keyFile }),
  })
}

/** An unusable cache only costs time, so it is a warning. */
function endCache(cache: RenderCache | undefined, terminal: Terminal): void {
  cache?.finish()
  if (cache === undefined || terminal.quiet || terminal.json) return
  for (const problem of cache.problems) terminal.stderr.say(`${findingLine(problem, terminal)}\n`)
}

const COMPLETION_EXAMPLES = `
Examples:
  # complete commands, flags and overlays in this bash
  source <(overlay-render completion bash)
  # in every fish
  overlay-render completion fish > ~/.config/fish/completions/overlay-render.fish`

/** Called with the command that the arguments name, and with its arguments. */
export type OnCommand = (row: CommandRow, command: Command, given: readonly unknown[]) => Promise<void>

/**
 * The rows of the command that the arguments name, since parsing with few rows is several times as fast; all rows when help may be
 * needed.
 */
function rowsFor(args: readonly string[]): readonly CommandRow[] {
  if (args.some((word) => word === '--help' || word === '-h')) return COMMANDS
  const named = args[0] === '-C' ? args[2] : args[0]
  const rows = COMMANDS.filter(({ name }) => name.split(' ')[0] === named)
  return rows.length > 0 ? rows : COMMANDS
}

const COMMANDS_OF_ONE_WORD: ReadonlySet<string> = new Set(['yq', 'completion', 'version', 'help'])

/** The words of an unknown command whose help is asked for: with `--help`, commander would print the help of the program, with status 0. */
function unknownWords(args: readonly string[]): readonly string[] | undefined {
  const given = args[0] === '-C' ? args.slice(2) : args
  if (given[0] !== 'help' && !given.includes('--help') && !given.includes('-h')) return undefined
  const words = given[0] === 'help' ? given.slice(1) : given
  const [first = '-', second = '-'] = words
  if (first.startsWith('-')) return undefined
  const isKnown = (name: string): boolean => COMMANDS.some((row) => row.name === name)
  if (!isKnown(first) && !Object.hasOwn(GROUPS, first) && !COMMANDS_OF_ONE_WORD.has(first)) return [first]
  if (!Object.hasOwn(GROUPS, first) || second.startsWith('-')) return undefined
  return isKnown(`${first} ${second}`) ? undefined : [first, second]
}

/** The parser of the arguments, made from the command table. */
export function makeProgram(onCommand: OnCommand, rows: readonly CommandRow[] = COMMANDS): Command {
  const program = new Command('overlay-render')
    .description('Renders Prow deployments from a base and kustomize overlays, and shows what a change does.')
    .showSuggestionAfterError(true)
    .showHelpAfterError('(overlay-render --help lists the commands)')
    .exitOverride()
    // Wraps summaries within their column also beside a long usage.
    .configureHelp({ minWidthToWrap: 20 })
    // Its messages quote arguments, which may be untrusted file names.
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(printableLines(text)),
    })
  for (const option of globalOptions()) program.addOption(option)
  const groups = new Map<string, Command>()
  const groupOf = (name: string): Command => {
    const group = groups.get(name) ?? program.command(name).description(GROUPS[name] ?? '')
    group.showHelpAfterError(`(overlay-render ${name} --help lists its commands)`)
    groups.set(name, group)
    return group
  }
  for (const row of rows) {
    const [first = '', second] = row.name.split(' ')
    const command = second === undefined ? program.command(first) : groupOf(first).command(second)
    describe(command, row)
    // commander passes the arguments, then the options, then the command.
    command.action(async (...given: unknown[]) => onCommand(row, command, given.slice(0, -2)))
  }
  program
    .command('yq')
    .description("the yq language on its own, with the flags of yq 4: 'overlay-render yq --help'")
    .argument('[args...]')
    .allowUnknownOption()
  program
    .command('completion')
    .description('print the completion of bash, zsh or fish')
    .argument('<shell>')
    .addHelpText('after', COMPLETION_EXAMPLES)
  program.command('version').description('print the version')
  return program
}

function describe(command: Command, row: CommandRow): void {
  command.description(row.summary)
  command.showHelpAfterError(`(overlay-render ${row.name} --help shows its arguments, with examples)`)
  for (const { term, meaning } of row.arguments ?? []) command.argument(term, meaning)
  for (const option of row.options?.() ?? []) command.addOption(option)
  command.addHelpText('after', examplesOf(row))
}

function examplesOf({ examples }: CommandRow): string {
  const lines = examples.flatMap(({ line, meaning }) => [`  # ${meaning}`, `  overlay-render ${line}`])
  return ['', 'Examples:', ...lines].join('\n')
}
