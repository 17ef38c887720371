import { Fault, formatPosition, renderCaret } from '@overlay-render/system'
import { type Warning, YqFault } from '@overlay-render/yq'

import type { YqIo } from './io.ts'

/**
 * Prints an error on stderr: first the position with a caret and a hint, then yq's message as the last line. Returns the exit
 * status: 1 as in yq, 3 for a fault of this program.
 */
export function printError(error: unknown, io: YqIo, verbose: boolean): number {
  const lines: string[] = []
  if (error instanceof Fault) lines.push(...placeLines(error))
  if (verbose && error instanceof Error && error.stack !== undefined) lines.push(error.stack)
  const isOurs = error instanceof Fault && error.blame === 'input'
  if (!isOurs && !verbose)
    lines.push('this is a bug in overlay-render: run again with --verbose and report the output')
  lines.push(`Error: ${sentenceOf(error)}`)
  io.writeStderr(`${lines.join('\n')}\n`)
  return isOurs ? 1 : 3
}

function placeLines({
  position,
  source,
  sentence,
  hint,
  width,
}: Fault & { readonly width?: number }): string[] {
  const lines: string[] = []
  if (position !== undefined) {
    lines.push(`${formatPosition(position)}: ${sentence}`)
    const caret = source === undefined ? '' : renderCaret(source, position, width ?? 1)
    if (caret !== '') lines.push(...caret.split('\n').map((line) => `  ${line}`))
  }
  if (hint !== undefined) lines.push(`hint: ${hint}`)
  return lines
}

function sentenceOf(error: unknown): string {
  if (error instanceof YqFault) return error.yqMessage
  if (error instanceof Fault) return error.sentence
  return error instanceof Error ? error.message : String(error)
}

/** A warning as lines for stderr. */
export function warningText({ message, position }: Warning): string {
  return `Warning: ${formatPosition(position)}: ${message}\n`
}
