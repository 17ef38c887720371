import type { Option, OptionValues } from 'commander'

import type { CommandContext } from '../context.ts'

/** One command as a row of data: its help, its flags, its completion, and the code that is loaded when it runs. */
export interface CommandRow {
  /** The words after `overlay-render`, such as `golden check`. */
  readonly name: string
  /** One line of help, without a full stop. */
  readonly summary: string
  /** In order, with commander's syntax: `<before>`, `[overlay...]`. */
  readonly arguments?: readonly Argument[]
  /** Made on demand: only the command that runs needs them. */
  readonly options?: () => readonly Option[]
  /** Shown by `--help`; each line works. */
  readonly examples: readonly Example[]
  /** Runs the command with its own flags and its arguments in order. Returns the exit status. */
  readonly run: (context: CommandContext, flags: OptionValues, args: readonly unknown[]) => Promise<number>
}

/** An argument of a command. */
export interface Argument {
  readonly term: string
  readonly meaning: string
  /** What shells complete it with; file names when absent. */
  readonly complete?: 'overlays'
}

/** An example in the help of a command. */
export interface Example {
  /** Without `overlay-render`. */
  readonly line: string
  readonly meaning: string
}
