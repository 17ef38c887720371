import { nearestNames, type Position, positionAt } from '@overlay-render/faults'

import { YqFault } from '../errors.ts'
import type { Node } from '../tree/node.ts'
import { type DecodedCommand, decodeCommands } from './decode-commands.ts'
import { fromTree, type V3Node } from './v3-node.ts'

/** One item of a patch script. */
export interface Command {
  readonly name: CommandName
  readonly path: string
  /** Undefined when the item has no `value`. */
  readonly value: V3Node | undefined
  readonly position: Position
  /** Position of the path, for faults and warnings about it. */
  readonly pathPosition: Position
  /** The node of the path. */
  readonly pathNode: Node | undefined
}

export type CommandName = 'update' | 'merge' | 'delete'

const NAMES: readonly CommandName[] = ['update', 'merge', 'delete']

/** A text and its name, for messages. */
export interface ScriptSource {
  readonly file: string
  readonly text: string
}

/** An unknown key of a command that is similar to a known one. */
export interface UnknownField {
  readonly name: string
  readonly meant: string
  readonly position: Position
}

export interface Script {
  readonly commands: readonly Command[]
  readonly unknownFields: readonly UnknownField[]
}

/**
 * Reads the commands of a script, whose root is a list of maps with `command`, `path` and `value`. Like yq 3.4.1, ignores
 * other keys and items that are null; a script without content has no commands.
 *
 * @throws YqFault `expression-invalid` when yq 3 cannot read the script either
 */
export function readScript(root: Node | undefined, source: ScriptSource): Script {
  const { commands, unknownFields } = decodeCommands(root, source)
  const known = new Map<Node, V3Node>()
  return {
    commands: commands.map((command) => readCommand(command, source, known)),
    unknownFields: unknownFields.map(({ node, meant }) => ({
      name: node.value,
      meant,
      position: positionOf(node, source),
    })),
  }
}

function readCommand(decoded: DecodedCommand, source: ScriptSource, known: Map<Node, V3Node>): Command {
  const { item, command: name, path, value, commandNode, pathNode } = decoded
  const supported = NAMES.find((candidate) => candidate === name)
  if (supported === undefined) {
    const nearest = nearestNames(name, NAMES)[0]
    throw new YqFault({
      code: 'expression-invalid',
      message: name === '' ? 'this item has no command' : `unknown command ${name}`,
      yqMessage: `Unknown command ${name}`,
      hint: nearest === undefined ? `the commands are ${NAMES.join(', ')}` : `did you mean ${nearest}?`,
      position: positionOf(commandNode ?? item, source),
      source: source.text,
    })
  }
  const made = value === undefined ? undefined : fromTree(value, known)
  if (made !== undefined && made.anchor !== '') made.content.hold()
  return {
    name: supported,
    path,
    value: made,
    position: positionOf(item, source),
    pathPosition: positionOf(pathNode ?? item, source),
    pathNode,
  }
}

/** Position of a character of a command's path; that of the path's start if the path is written with escapes. */
export function positionInPath(command: Command, offset: number, { file, text }: ScriptSource): Position {
  const { pathNode, path, pathPosition } = command
  if (pathNode === undefined || pathNode.start < 0) return pathPosition
  const at = text.slice(pathNode.start, pathNode.end).indexOf(path)
  return at === -1 ? pathPosition : positionAt(file, text, pathNode.start + at + offset)
}

export function positionOf(node: Node, source: ScriptSource): Position {
  return { file: source.file, line: Math.max(node.line, 1), column: Math.max(node.column, 1) }
}
