import { Fault } from '@overlay-render/system'

import { globalOptions } from '../command-table/global.ts'
import { type CommandRow, COMMANDS, GROUPS } from '../command-table/index.ts'

/** A word that a shell may offer. */
export interface Candidate {
  readonly word: string
  readonly meaning: string
}

/** Commands that are not in the table. */
const OTHERS: readonly Candidate[] = [
  { word: 'yq', meaning: 'the yq language on its own' },
  { word: 'completion', meaning: 'print the completion of bash, zsh or fish' },
  { word: 'version', meaning: 'print the version' },
]

/**
 * The words that may come at the cursor. `words` are those after `overlay-render`; the last one ends at the cursor. Empty when a
 * file name is expected, which shells complete themselves.
 *
 * @param overlaysOf the names of the overlays of the workspace in a folder
 */
export async function complete(
  words: readonly string[],
  overlaysOf: (folder: string) => Promise<readonly string[]>,
): Promise<Candidate[]> {
  const current = words.at(-1) ?? ''
  const { command, folder, pending, position } = readWords(words.slice(0, -1))
  const row = COMMANDS.find(({ name }) => name === command)
  const all = async (): Promise<Candidate[]> => {
    if (pending !== undefined) return choicesOf(pending)
    if (current.startsWith('-')) return optionsOf(row)
    if (row === undefined) return commandsAfter(command)
    const last = row.arguments?.at(-1)
    const argument = row.arguments?.[position] ?? (last?.term.includes('...') === true ? last : undefined)
    if (argument?.complete !== 'overlays') return []
    return (await overlaysOf(folder)).map((word) => ({ word, meaning: 'overlay' }))
  }
  return (await all()).filter(({ word }) => word.startsWith(current))
}

/** The names of the overlays; none when the workspace cannot be opened, since a shell cannot show an error. */
export async function overlayNames(folder: string): Promise<readonly string[]> {
  const { openWorkspace } = await import('./open-workspace.ts')
  try {
    const workspace = await openWorkspace(folder)
    return workspace.overlays.map(({ name }) => name)
  } catch (error) {
    if (error instanceof Fault) return []
    throw error
  }
}

interface ReadWords {
  /** `golden check`, `golden`, or empty. */
  readonly command: string
  readonly folder: string
  /** An option whose value comes next. */
  readonly pending: string | undefined
  /** The number of arguments before the cursor. */
  readonly position: number
}

function readWords(words: readonly string[]): ReadWords {
  const command: string[] = []
  let folder = '.'
  let pending: string | undefined
  let position = 0
  for (const word of words) {
    if (pending !== undefined) {
      if (pending === '-C' || pending === '--directory') folder = word
      pending = undefined
    } else if (word.startsWith('-')) {
      if (takesValue(word)) pending = word
    } else if (command.length === 0 || (command.length === 1 && Object.hasOwn(GROUPS, command[0] ?? ''))) {
      command.push(word)
    } else position++
  }
  return { command: command.join(' '), folder, pending, position }
}

function everyOption() {
  return [...globalOptions(), ...COMMANDS.flatMap(({ options }) => options?.() ?? [])]
}

function takesValue(word: string): boolean {
  return everyOption().some(({ short, long, required }) => required && (short === word || long === word))
}

function choicesOf(option: string): Candidate[] {
  const found = everyOption().find(({ long, argChoices }) => long === option && argChoices !== undefined)
  return (found?.argChoices ?? []).map((word) => ({ word, meaning: found?.description ?? '' }))
}

function optionsOf(row: CommandRow | undefined): Candidate[] {
  return [...(row?.options?.() ?? []), ...globalOptions()].map(({ long, short, description }) => ({
    word: long ?? short ?? '',
    meaning: description,
  }))
}

/** The commands, or the second words of a two-word command. */
function commandsAfter(command: string): Candidate[] {
  if (command !== '') {
    return COMMANDS.filter(({ name }) => name.startsWith(`${command} `)).map(({ name, summary }) => ({
      word: name.slice(command.length + 1),
      meaning: summary,
    }))
  }
  const groups = Object.entries(GROUPS).map(([word, meaning]) => ({ word, meaning }))
  const single = COMMANDS.filter(({ name }) => !name.includes(' '))
  return [...single.map(({ name, summary }) => ({ word: name, meaning: summary })), ...groups, ...OTHERS]
}
