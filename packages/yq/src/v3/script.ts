import type { Position } from '@overlay-render/system'

import { YqFault } from '../errors.ts'
import type { Node } from '../tree/node.ts'
import { nearestNames } from '@overlay-render/system'

/** One item of a patch script. */
export interface Command {
  readonly name: CommandName
  readonly path: string
  /** Undefined when the item has no `value` at all. */
  readonly value: Node | undefined
  readonly position: Position
  /** Where the path stands, for what is wrong with it. */
  readonly pathPosition: Position
}

export type CommandName = 'update' | 'merge' | 'delete'

const NAMES: readonly CommandName[] = ['update', 'merge', 'delete']
const FIELDS = ['command', 'path', 'value'] as const
type Field = (typeof FIELDS)[number]

/** A text and its name, for messages. */
export interface ScriptSource {
  readonly file: string
  readonly text: string
}

/**
 * The commands of a script, whose root is a list of maps with `command`, `path` and `value`. As in yq 3.4.1
 * other keys mean nothing, an item that is null is passed over, and a script without content has no commands.
 */
export function readCommands(root: Node | undefined, source: ScriptSource): Command[] {
  if (root === undefined || isNull(root)) return []
  const list = resolve(root)
  if (list.kind !== 'sequence') {
    throw fault(
      root,
      source,
      'a yq 3 script is a list of commands',
      'write each command as `- command: update` with `path:` and `value:`',
    )
  }
  return list.content.filter((item) => !isNull(resolve(item))).map((item) => readCommand(item, source))
}

function readCommand(item: Node, source: ScriptSource): Command {
  const fields = readFields(item, source)
  const name = text(fields.get('command'), source, 'command')
  const known = NAMES.find((candidate) => candidate === name)
  if (known === undefined) {
    const nearest = nearestNames(name, NAMES)[0]
    throw fault(
      fields.get('command') ?? item,
      source,
      name === '' ? 'this item has no command' : `unknown command ${name}`,
      nearest === undefined ? `the commands are ${NAMES.join(', ')}` : `did you mean ${nearest}?`,
      `Unknown command ${name}`,
    )
  }
  return {
    name: known,
    path: text(fields.get('path'), source, 'path'),
    value: fields.get('value'),
    position: positionOf(item, source),
    pathPosition: positionOf(fields.get('path') ?? item, source),
  }
}

/** The entries of an item by name; a merge key brings those of its map, which later entries override. */
function readFields(item: Node, source: ScriptSource): Map<Field, Node> {
  const fields = new Map<Field, Node>()
  const merging = new Set<Node>()
  const open: Node[] = [item]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const map = resolve(node)
    if (map.kind !== 'mapping')
      throw fault(node, source, 'a command is a map with `command`, `path` and `value`')
    if (merging.has(map)) throw fault(node, source, 'a merge key leads back to its own map')
    merging.add(map)
    const own = new Set<Field>()
    for (let index = 0; index + 1 < map.content.length; index += 2) {
      const key = map.content[index]
      const value = map.content[index + 1]
      if (key === undefined || value === undefined) continue
      if (key.tag === '!!merge') {
        open.push(...(value.kind === 'sequence' ? value.content.toReversed() : [value]))
        continue
      }
      const field = FIELDS.find((name) => name === resolve(key).value)
      if (field === undefined) continue
      if (own.has(field)) throw fault(key, source, `\`${field}\` stands twice in one command`)
      own.add(field)
      if (map === resolve(item) || !fields.has(field)) fields.set(field, value)
    }
  }
  return fields
}

function text(node: Node | undefined, source: ScriptSource, field: Field): string {
  if (node === undefined) return ''
  const scalar = resolve(node)
  if (scalar.kind !== 'scalar') throw fault(node, source, `\`${field}\` must be a text`)
  return scalar.tag === '!!null' ? '' : scalar.value
}

function resolve(node: Node): Node {
  return node.kind === 'alias' && node.alias !== undefined ? node.alias : node
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.tag === '!!null'
}

function positionOf(node: Node, source: ScriptSource): Position {
  return { file: source.file, line: Math.max(node.line, 1), column: Math.max(node.column, 1) }
}

function fault(
  node: Node,
  source: ScriptSource,
  message: string,
  hint?: string,
  yqMessage?: string,
): YqFault {
  return new YqFault({
    code: 'expression-invalid',
    message,
    yqMessage,
    hint,
    position: positionOf(node, source),
    source: source.text,
  })
}
