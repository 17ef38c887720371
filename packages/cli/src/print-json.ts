import type { Terminal } from './terminal.ts'

/** The version of the format of each output. It is raised when a field is removed or changes its meaning, not for new fields. */
export const JSON_VERSION = 1

type Stdout = Pick<Terminal['stdout'], 'write'>

/** Prints the output of a command, on several lines. */
export function printJson<Output>(stdout: Stdout, content: Omit<Output, 'version'>): void {
  stdout.write(`${JSON.stringify({ version: JSON_VERSION, ...content }, undefined, 2)}\n`)
}

/** Prints one of several outputs, or an error, on one line. */
export function printJsonLine<Output>(stdout: Stdout, content: Omit<Output, 'version'>): void {
  stdout.write(`${JSON.stringify({ version: JSON_VERSION, ...content })}\n`)
}
