import type { Option, OptionValues } from 'commander'

import type { CommandContext } from '../context.ts'

/** One command as a row of data: its help, its flags, its completion, and the code that is loaded when it runs. */
export interface CommandRow {
  /** The words after `overlay-render`, such as `golden check`. */
  readonly name: string
  /** One line of help, without a full stop. */
  readonly summary: string
  /** In order, as commander writes them: `<before>`, `[overlay...]`. */
  readonly arguments?: readonly Argument[]
  readonly options?: readonly Option[]
  /** Shown by `--help`; each is a line that works. */
  readonly examples: readonly Example[]
  /** The flags of the command alone, and its arguments in order. Returns the exit status. */
  readonly run: (context: CommandContext, flags: OptionValues, args: readonly unknown[]) => Promise<number>
}

export interface Argument {
  readonly term: string
  readonly meaning: string
  /** What shells complete it with; files when absent. */
  readonly complete?: 'overlays'
}

export interface Example {
  /** Without `overlay-render`. */
  readonly line: string
  readonly meaning: string
}
