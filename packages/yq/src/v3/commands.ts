import type { Position } from '@overlay-render/system'

import { YqFault } from '../errors.ts'
import { Node } from '../tree/node.ts'
import { parsePath, type PathElement } from './path.ts'
import { pathOf, type Place } from './place.ts'
import type { Command, ScriptSource } from './script.ts'
import { type Appending, matchesElement, walk } from './walk.ts'

/** What a script did to one node. */
export interface V3Change {
  /** `created`: the node was not in the document before the script ran. */
  readonly kind: 'created' | 'replaced' | 'deleted'
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[]
  /** The command that did it. */
  readonly position: Position
}

export interface V3Warning {
  readonly code:
    | 'matched-nothing'
    | 'whole-document'
    /** The printed text is no YAML, or reads as other data: a bug of yq 3 that is kept. */
    | 'output-invalid'
    | 'data-changed'
  readonly message: string
  readonly position: Position
}

/** What happened while a script ran. */
export interface V3Log {
  readonly changes: V3Change[]
  readonly warnings: V3Warning[]
}

/** Runs commands in order on the root of a document, which they change in place. */
export function runCommands(root: Node, commands: readonly Command[], source: ScriptSource): V3Log {
  const log: V3Log = { changes: [], warnings: [] }
  const shared = new SharedContent()
  for (const command of commands) {
    try {
      runCommand(root, command, shared, log)
    } catch (error) {
      throw error instanceof YqFault && error.position === undefined ? located(error, command, source) : error
    }
  }
  return log
}

function runCommand(root: Node, command: Command, shared: SharedContent, log: V3Log): void {
  const { name, position, pathPosition } = command
  const path = parsePath(command.path)
  const before = log.changes.length
  if (name === 'delete') removeAll(root, path, command, shared, log)
  else updateAll(root, path, command, shared, log)
  if (path.length === 0) {
    log.warnings.push({
      code: 'whole-document',
      message: 'a command without a path replaces the whole document',
      position,
    })
  } else if (log.changes.length === before) {
    log.warnings.push({
      code: 'matched-nothing',
      message: `nothing in the document is at ${command.path}`,
      position: pathPosition,
    })
  }
}

function updateAll(
  root: Node,
  path: readonly PathElement[],
  command: Command,
  shared: SharedContent,
  log: V3Log,
): void {
  const value = command.value
  if (value !== undefined) shared.add(value.content)
  walk(
    root,
    path,
    {
      followsAliases: false,
      creates: true,
      visitsCollections: false,
      visit(node, place) {
        const kind = node.line === 0 ? 'created' : 'replaced'
        if (place.isAttached) log.changes.push({ kind, path: pathOf(place), position: command.position })
        if (value === undefined) clear(node)
        else overwrite(node, value, command.name === 'update')
      },
    },
    shared.append,
  )
}

/** Several matches hold the one content of the value, as in yq: a later change below one shows in all. */
function overwrite(node: Node, value: Node, withComments: boolean): void {
  node.kind = value.kind
  node.tag = value.tag
  node.value = value.value
  node.style = value.style
  node.content = value.content
  node.anchor = value.anchor
  node.alias = value.alias
  if (!withComments) return
  node.headComment = value.headComment
  node.lineComment = value.lineComment
  node.footComment = value.footComment
}

/** A command without a value empties a new node. yq then fails to print a node that was there before. */
function clear(node: Node): void {
  if (node.line !== 0) {
    throw new YqFault({
      code: 'evaluation-failed',
      message: 'an update without a value cannot replace a node that is there',
      yqMessage: 'yaml: cannot encode node with unknown kind 0',
      hint: 'write `value: null` to set it to null, or `command: delete` to remove it',
    })
  }
  overwrite(node, new Node('scalar', '', 'null'), true)
}

function removeAll(
  root: Node,
  path: readonly PathElement[],
  command: Command,
  shared: SharedContent,
  log: V3Log,
): void {
  const last = path.at(-1)
  if (last === undefined) {
    throw new YqFault({
      code: 'evaluation-failed',
      message: 'a delete needs a path',
      hint: 'yq 3 crashes on this command',
    })
  }
  const removed = (place: Place, names: readonly (string | number)[]): void => {
    for (const name of names)
      log.changes.push({ kind: 'deleted', path: [...pathOf(place), name], position: command.position })
  }
  walk(
    root,
    path.slice(0, -1),
    {
      followsAliases: false,
      creates: false,
      visitsCollections: true,
      visit(node, place) {
        if (node.kind === 'mapping') removed(place, removeEntries(node, last, shared.append))
        else if (node.kind === 'sequence') removed(place, removeItems(node, last, shared))
      },
    },
    shared.append,
  )
}

/** A filter as the last element looks at the keys of a map, which it can only match by their text. */
function removeEntries(map: Node, last: PathElement, append: Appending): string[] {
  const removed: string[] = []
  const kept: Node[] = []
  for (let index = 0; index + 1 < map.content.length; index += 2) {
    const key = map.content[index]
    const value = map.content[index + 1]
    if (key === undefined || value === undefined) continue
    if (matchesElement(last, key, key.value, append)) removed.push(key.value)
    else kept.push(key, value)
  }
  map.content = kept
  return removed
}

function removeItems(list: Node, last: PathElement, shared: SharedContent): number[] {
  if (typeof last === 'number') {
    if (last >= list.content.length) return []
    if (last < 0) {
      throw new YqFault({
        code: 'evaluation-failed',
        message: 'a delete takes no negative index',
        hint: 'yq 3 crashes on it',
      })
    }
    list.content = shared.without(list.content, last)
    return [last]
  }
  const matching = list.content.map((item) => matchesElement(last, item, item.value, shared.append))
  list.content = list.content.filter((_, index) => !matching[index])
  return matching.flatMap((matches, index) => (matches ? [index] : []))
}

/**
 * The contents that several nodes hold at once. Go's slices decide what the others see: an appended child is
 * seen by one, a replaced one by all, and a removal by index moves the rest for all.
 */
class SharedContent {
  readonly #shared = new WeakSet<Node[]>()

  add(content: Node[]): void {
    this.#shared.add(content)
  }

  readonly append: Appending = (parent, ...children) => {
    if (this.#shared.has(parent.content)) parent.content = [...parent.content, ...children]
    else parent.content.push(...children)
  }

  without(content: Node[], index: number): Node[] {
    const kept = content.toSpliced(index, 1)
    if (this.#shared.has(content)) content.splice(0, kept.length, ...kept)
    return kept
  }
}

function located(error: YqFault, command: Command, source: ScriptSource): YqFault {
  return new YqFault({
    code: error.code,
    message: error.sentence,
    yqMessage: error.yqMessage,
    hint: error.hint,
    position: command.pathPosition,
    source: source.text,
    cause: error,
  })
}
