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
  /** The script as an expression of yq 4, one command per line. */
  readonly expression: string
  readonly notes: readonly MigrationNote[]
  /** Requirements on the base for the expression to give the same data. */
  readonly needs: readonly MigrationNeed[]
}

/**
 * Translates a yq 3 script to an expression of yq 4. `compareMigration` finds differences between the two on a document.
 *
 * @throws YqFault when the script is invalid
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
  for (const key of patternKeys) note(`the * or ? in ${key} is literal in yq 3 and a wildcard in yq 4`)
  const last = elements.at(-1)
  if (deletes && typeof last === 'string' && isInteger(last))
    note(`del of yq 4 does not delete a key that is the integer ${last}`)
  if (deletes && typeof last === 'number' && last >= 0)
    note(`del of yq 4 pads a list, or a null, with nulls when it has no item ${last}`)
  if (deletes && typeof last === 'number' && last < 0) note('yq 3 cannot delete by a negative index')
  if (elements.indexOf('**') !== elements.lastIndexOf('**'))
    note('a second ** in a path matches other nodes in yq 3 than in yq 4')
  if (elements.includes('<<')) note('yq 4 follows a merge key and changes its target; yq 3 does not')
  if (deletes) {
    if (item === undefined) return [`del(${text})`]
    note(`the delete of ${command.path} is not translated: yq 4 has no such path`)
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
  note(`the command for ${command.path} is not translated: yq 4 has no path for the part after [+]`)
  return []
}

/** The value of a command. An alias is replaced by its target, because its anchor is in the script, not in the base. */
function valueOf({ value }: Command): Node {
  if (value === undefined) return new Node('scalar', '!!null')
  const target = value.kind === 'alias' && value.alias !== undefined ? value.alias : value
  const tree = toTree(target)
  if (target !== value) tree.anchor = ''
  return tree
}

function noteValue({ value }: Command, written: Node, note: (message: string) => void): void {
  if (value?.kind === 'alias')
    note(`the alias *${value.value} is replaced by its value: yq 3 prints the alias`)
  if (written.kind === 'scalar' && written.tag === '!!null' && written.value === '')
    note('yq 4 prints null where yq 3 prints nothing')
}
