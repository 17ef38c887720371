import { formatsFor } from '@overlay-render/yq'

import { type Flag, FLAGS } from '../flag-table.ts'

/** A word and its help. */
export interface Word {
  readonly word: string
  readonly help: string
}

/** The words that may come right after `yq`, besides an expression. */
export const COMMANDS: readonly Word[] = [
  { word: 'eval', help: 'once for each document, in sequence' },
  { word: 'eval-all', help: 'once, over all documents of all files together' },
  { word: 'write', help: 'run a yq 3 script' },
  { word: 'migrate', help: 'translate a yq 3 script' },
  { word: 'completion', help: 'print a script that completes this command in a shell' },
  { word: 'help', help: 'print the help' },
]

/** The shells with a completion script. */
export const SHELLS: readonly string[] = ['bash', 'zsh', 'fish', 'powershell']

/** A flag as completion scripts need it. */
export interface CompletedFlag {
  readonly long: string
  readonly short: string | undefined
  readonly help: string
  /** Its value: one of some words, a file, or any text. */
  readonly takes: 'nothing' | 'file' | 'text' | readonly string[]
}

/** The flags that have an effect, with what each takes. */
export function completedFlags(): CompletedFlag[] {
  return FLAGS.filter((flag: Flag) => flag.hidden !== true).map((flag: Flag) => ({
    long: flag.name,
    short: flag.short,
    help: flag.help,
    takes: taken(flag),
  }))
}

function taken({ name, kind, value }: Flag): CompletedFlag['takes'] {
  if (kind === 'boolean') return 'nothing'
  if (name === 'input-format') return ['auto', ...formatsFor('input')]
  if (name === 'output-format') return ['auto', ...formatsFor('output')]
  if (name === 'front-matter') return ['extract', 'process']
  return value === 'FILE' ? 'file' : 'text'
}
