import type { Position } from '@overlay-render/system'

import { YQ_3 } from '../edition.ts'
import { iterateDocuments } from '../reader/read.ts'
import { Node } from '../tree/node.ts'
import { migratePath } from './migrate-path.ts'
import { blockStyleOf, migrateValue, newItem } from './migrate-value.ts'
import { parsePath } from './path.ts'
import { type Command, readScript } from './script.ts'
import { toTree } from './v3-node.ts'

/** Something about one command that a person has to look at. */
export interface MigrationNote {
  readonly message: string
  readonly position: Position
}

export interface Migration {
  /** The script in the language of yq 4, one command a line. */
  readonly expression: string
  readonly notes: readonly MigrationNote[]
}

/**
 * Translates a yq 3 script into an expression of yq 4. What the two do otherwise on a document is found by
 * `compareMigration`.
 *
 * @throws YqFault when the script is none
 */
export function migrateV3Script(script: string, scriptName = 'script'): Migration {
  const source = { file: scriptName, text: script }
  const [root] = iterateDocuments(script, { headerPreprocess: false, edition: YQ_3, fileName: scriptName })
  const notes: MigrationNote[] = []
  const steps = readScript(root ?? undefined, source).commands.flatMap((command) =>
    migrateCommand(command, notes),
  )
  return { expression: steps.length === 0 ? '.' : steps.join('\n| '), notes }
}

function migrateCommand(command: Command, notes: MigrationNote[]): string[] {
  const note = (message: string, position = command.pathPosition): void =>
    void notes.push({ message, position })
  const deletes = command.name === 'delete'
  const { text, newItem: item, patternKeys } = migratePath(parsePath(command.path), deletes)
  for (const key of patternKeys) note(`the * or ? in ${key} is a character in yq 3 and a pattern in yq 4`)
  if (deletes) {
    if (item === undefined) return [`del(${text})`]
    note(`the delete of ${command.path} is left out: yq 4 has no path for it`)
    return []
  }
  const value = command.value === undefined ? new Node('scalar', '!!null') : toTree(command.value)
  noteValue(value, note)
  const written = migrateValue(value)
  if (item === undefined) {
    const style = blockStyleOf(value)
    return [`${text} = ${written}`, ...(style === undefined ? [] : [`${text} style = "${style}"`])]
  }
  const added = newItem(item, written)
  if (added !== undefined) return [`${text} += [${added}]`]
  note(`the command for ${command.path} is left out: yq 4 has no path for what is after [+]`)
  return []
}

function noteValue(value: Node, note: (message: string) => void): void {
  if (value.kind === 'alias')
    note('the value is an alias: yq 4 gets it as it is, so its anchor must be in the base')
  if (value.kind === 'scalar' && value.tag === '!!null' && value.value === '')
    note('yq 4 prints null where yq 3 prints nothing')
}
