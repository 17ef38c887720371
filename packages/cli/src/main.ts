import { ExitStatus } from './exit-status.ts'
import { stderr, stdout } from './output.ts'

/**
 * Runs the command with its arguments, and sets the exit status of the process. Most code is loaded on demand, so that `--version`
 * and `yq` start fast.
 */
export async function main(args: readonly string[]): Promise<void> {
  endOnLostOutput()
  failWhenStuck()
  process.exitCode = await run(args)
  await stdout.drain()
  await stderr.drain()
  // All output is written. Exiting now skips Node's clean-up of the heap, which takes as long as a short command.
  process.exit()
}

/** Node ends with status 0 when nothing is left to wait for, also when the work is not done. */
function failWhenStuck(): void {
  process.once('beforeExit', () => {
    stderr.write(
      'error: the program stopped before its work was done\n  hint: this is a bug in overlay-render; report the command\n',
    )
    process.exit(ExitStatus.fault)
  })
}

async function run(args: readonly string[]): Promise<number> {
  const yq = splitAtYq(args)
  if (yq !== undefined) return runYqCommand(yq)
  if (args.includes('--version') || args[0] === 'version') {
    const { printVersion } = await import('./version.ts')
    return printVersion()
  }
  if (args[0] === 'completion' && !args.includes('--help')) {
    const { runCompletion } = await import('./completion/completion-command.ts')
    return runCompletion(args.slice(1))
  }
  const { runProgram } = await import('./program.ts')
  return runProgram(args)
}

interface YqCall {
  /** The folder of a `-C` before `yq`; after it, -C is yq's own flag. */
  readonly folder: string | undefined
  readonly args: readonly string[]
}

/** Parses `[-C DIR] yq …`. Only yq has its own flags. */
function splitAtYq(args: readonly string[]): YqCall | undefined {
  let folder: string | undefined
  let index = 0
  while (args[index] === '-C' && args[index + 1] !== undefined) {
    folder = args[index + 1]
    index += 2
  }
  return args[index] === 'yq' ? { folder, args: args.slice(index + 1) } : undefined
}

async function runYqCommand({ folder, args }: YqCall): Promise<number> {
  if (folder !== undefined) {
    const problem = enter(folder)
    if (problem !== undefined) {
      const { printable } = await import('@overlay-render/system')
      stderr.write(`Error: cannot work in ${printable(folder)}: ${problem}\n`)
      return 1
    }
  }
  const { runYq } = await import('./yq/yq-command.ts')
  // yq may print endlessly.
  stdout.onLost(() => process.exit())
  return runYq(args)
}

function enter(folder: string): string | undefined {
  try {
    process.chdir(folder)
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

/** A closed pipe, as in `overlay-render … | head`, is no error: the status stays that of the work. A full disk is an error. */
function endOnLostOutput(): void {
  for (const output of [stdout, stderr]) {
    output.onLost((error) => {
      if (error.code === 'EPIPE') return
      const reason = error.code === 'ENOSPC' ? 'the disk is full' : (error.code ?? error.message)
      if (output === stdout) sayLostOutput(reason)
      process.exit(ExitStatus.fault)
    })
  }
}

function sayLostOutput(reason: string): void {
  stderr.write(`error: cannot write the output: ${reason}\n`)
}
