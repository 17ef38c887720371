import { styleText } from 'node:util'

import type { Writable } from 'node:stream'

/** The streams of a run and what may be done on them. */
export interface Terminal {
  readonly stdout: Writable
  readonly stderr: Writable
  /** Colour on stdout: a terminal, and neither NO_COLOR nor --no-color. */
  readonly colour: boolean
  /** Whether stderr is a terminal, where a line may be drawn over. */
  readonly interactive: boolean
  /** Columns of the terminal, 100 elsewhere. */
  readonly width: number
  readonly quiet: boolean
  readonly verbose: boolean
  readonly json: boolean
}

export interface TerminalFlags {
  readonly color?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly json?: boolean
}

export function openTerminal(flags: TerminalFlags, environment: NodeJS.ProcessEnv = process.env): Terminal {
  const wanted = flags.color !== false && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb'
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    colour: wanted && process.stdout.isTTY === true,
    interactive: process.stderr.isTTY === true,
    width: process.stdout.isTTY ? process.stdout.columns : 100,
    quiet: flags.quiet ?? false,
    verbose: flags.verbose ?? false,
    json: flags.json ?? false,
  }
}

export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** `text` in a colour, or as it is where there is none. */
export function paint(terminal: Pick<Terminal, 'colour'>, colour: Colour, text: string): string {
  return terminal.colour ? styleText(colour, text, { validateStream: false }) : text
}

/** Waits until everything printed has left the process, so that an exit status does not cut it off. */
export async function drain(stream: Writable): Promise<void> {
  if (stream.writableLength > 0) await new Promise<void>((resolve) => stream.once('drain', resolve))
}
