import { styleText } from 'node:util'

import { MessageStream } from './message-stream.ts'
import { stderr, stdout } from './output.ts'

/** The streams of a run, and how to write to them. */
export interface Terminal {
  readonly stdout: MessageStream
  readonly stderr: MessageStream
  /** Whether stdout gets colours: a terminal or FORCE_COLOR, and neither NO_COLOR nor --no-color. */
  readonly colour: boolean
  /** Whether stderr is a terminal on which a line can be redrawn, as TERM=dumb cannot. */
  readonly interactive: boolean
  /** Columns of stdout; infinite when it is not a terminal, so that nothing is wrapped. */
  readonly width: number
  readonly quiet: boolean
  readonly verbose: boolean
  readonly json: boolean
}

/** The global flags about output. */
export interface TerminalFlags {
  readonly color?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly json?: boolean
}

/** The streams for the given flags and environment. */
export function openTerminal(flags: TerminalFlags, environment: NodeJS.ProcessEnv = process.env): Terminal {
  const colour = wantsColour(flags, environment, stdout.isTTY)
  const messages = new MessageStream(stdout, colour)
  return {
    stdout: messages,
    // With `2> log` on a terminal the log gets no colours.
    stderr: new MessageStream(stderr, colour && wantsColour(flags, environment, stderr.isTTY), colour),
    colour,
    interactive: stderr.isTTY && environment['TERM'] !== 'dumb',
    width: messages.width,
    quiet: flags.quiet ?? false,
    verbose: flags.verbose ?? false,
    json: flags.json ?? false,
  }
}

/**
 * Whether to use colours. https://no-color.org and https://force-color.org: any text but an empty one counts; `FORCE_COLOR=0` turns
 * colours off, as in Node.
 */
export function wantsColour(
  { color }: TerminalFlags,
  { NO_COLOR: refused, FORCE_COLOR: forced, TERM: term }: NodeJS.ProcessEnv,
  isTerminal: boolean,
): boolean {
  if (color === false || refused) return false
  if (forced) return forced !== '0' && forced !== 'false'
  return isTerminal && term !== 'dumb'
}

/** A colour or weight of text. */
export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** `text` in a colour; unchanged without colours. */
export function paint(terminal: Pick<Terminal, 'colour'>, colour: Colour, text: string): string {
  return terminal.colour ? styleText(colour, text, { validateStream: false }) : text
}
