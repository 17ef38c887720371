import type { Position } from '@overlay-render/faults'

import { YQ_3 } from '../edition.ts'
import { iterateDocuments } from '../reader/read.ts'
import { Node } from '../tree/node.ts'
import { type MigrationNeed, needsOf } from './migrate-needs.ts'
import { migratePath } from './migrate-path.ts'
import { blockStyleOf, migrateValue, newItem } from './migrate-value.ts'
import { isInteger, parsePath } from './path.ts'
import { type Command, readScript } from './script.ts'
import { toTree } from './v3-node.ts'

/** A note about one command for manual review. */
export interface MigrationNote {
  readonly message: string
  readonly position: Position
}

export interface Migration {
  /** The script in the language of yq 4, one command a line. */
  readonly expression: string
  readonly notes: readonly MigrationNote[]
  /** What the base must have for the expression to give the same data. */
  readonly needs: readonly MigrationNeed[]
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
  const { commands } = readScript(root ?? undefined, source)
  const steps = commands.flatMap((command) => migrateCommand(command, notes))
  return { expression: steps.length === 0 ? '.' : steps.join('\n| '), notes, needs: needsOf(commands) }
}

function migrateCommand(command: Command, notes: MigrationNote[]): string[] {
  const note = (message: string, position = command.pathPosition): void =>
    void notes.push({ message, position })
  const deletes = command.name === 'delete'
  const elements = parsePath(command.path)
  const { text, newItem: item, patternKeys } = migratePath(elements, deletes)
  for (const key of patternKeys) note(`the * or ? in ${key} is a character in yq 3 and a pattern in yq 4`)
  const last = elements.at(-1)
  if (deletes && typeof last === 'string' && isInteger(last))
    note(`the del of yq 4 leaves a key that is the integer ${last}, not the text`)
  if (deletes && typeof last === 'number' && last >= 0)
    note(`the del of yq 4 fills a list, or a null, up with nulls where there is no item ${last}`)
  if (deletes && typeof last === 'number' && last < 0) note('yq 3 refuses to delete by a negative index')
  if (elements.indexOf('**') !== elements.lastIndexOf('**'))
    note('yq 3 takes a second ** in a path for other places than yq 4')
  if (elements.includes('<<'))
    note('yq 4 follows what a merge key leads to, and changes it there; yq 3 does not')
  if (deletes) {
    if (item === undefined) return [`del(${text})`]
    note(`the delete of ${command.path} is left out: yq 4 has no path for it`)
    return []
  }
  const value = valueOf(command)
  noteValue(command, value, note)
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

/** An alias is written out: its anchor is in the script, where yq 4 does not look. */
function valueOf({ value }: Command): Node {
  if (value === undefined) return new Node('scalar', '!!null')
  const target = value.kind === 'alias' && value.alias !== undefined ? value.alias : value
  const tree = toTree(target)
  if (target !== value) tree.anchor = ''
  return tree
}

function noteValue({ value }: Command, written: Node, note: (message: string) => void): void {
  if (value?.kind === 'alias') note(`the alias *${value.value} is written out: yq 3 prints it as it is`)
  if (written.kind === 'scalar' && written.tag === '!!null' && written.value === '')
    note('yq 4 prints null where yq 3 prints nothing')
}
