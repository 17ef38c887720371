import { YqFault } from '../errors.ts'
import { Effects, type V3Log } from './effects.ts'
import { matchesElement } from './matches.ts'
import { findOddities } from './path-oddities.ts'
import { parsePath, type PathElement } from './path.ts'
import type { Place } from './place.ts'
import type { ScriptBudget } from './script-budget.ts'
import { crashFault, indexFault, IndexOutOfRange } from './script-fault.ts'
import { type Command, positionInPath, type ScriptSource } from './script.ts'
import { Slice } from './slice.ts'
import { V3Node } from './v3-node.ts'
import { Walker } from './walk.ts'

/** Runs commands in order on the root of a document, which they change in place. Adds changes and warnings to `log`. */
export function runCommands(
  root: V3Node,
  commands: readonly Command[],
  source: ScriptSource,
  log: V3Log,
  budget: ScriptBudget,
): void {
  for (const command of commands) {
    try {
      runCommand(root, command, source, log, new Effects(command, log, budget))
    } catch (error) {
      const fault = error instanceof IndexOutOfRange ? indexFault(error) : error
      throw fault instanceof YqFault && fault.position === undefined
        ? fault.with({ position: command.pathPosition, source: source.text })
        : fault
    }
  }
}

function runCommand(
  root: V3Node,
  command: Command,
  source: ScriptSource,
  log: V3Log,
  effects: Effects,
): void {
  const { position, pathPosition } = command
  const path = parsePath(command.path)
  for (const { offset, message, hint } of findOddities(command.path)) {
    log.warnings.push({
      code: 'path-misread',
      message,
      position: positionInPath(command, offset, source),
      hint,
    })
  }
  if (command.name === 'delete') removeAll(root, path, effects)
  else updateAll(root, path, command, effects)
  effects.finish()
  if (path.length === 0) {
    log.warnings.push({
      code: 'whole-document',
      message: 'a command without a path replaces the whole document',
      position,
    })
  } else if (!effects.hasTarget) {
    log.warnings.push({
      code: 'matched-nothing',
      message: `${command.path} matches nothing in the document`,
      position: pathPosition,
    })
  }
}

function updateAll(root: V3Node, path: readonly PathElement[], command: Command, effects: Effects): void {
  const purpose = {
    followsAliases: false,
    creates: true,
    visitsCollections: false,
    matches: matchesElement,
    visit(node: V3Node, place: Place): void {
      effects.changed(node.line === 0 ? 'created' : 'replaced', place)
      overwrite(node, command)
    },
  }
  new Walker(path, purpose, effects).run(root)
}

/** As in yq 3, all matches share the content of the value: a later change below one may change all. */
function overwrite(node: V3Node, { name, value, pathPosition }: Command): void {
  const from = value ?? new V3Node('none')
  node.kind = from.kind
  node.tag = from.tag
  node.value = from.value
  node.style = from.style
  node.content = from.content === Slice.empty ? from.content : from.content.hold()
  node.anchor = from.anchor
  node.alias = from.alias
  if (from.kind === 'none') node.emptiedAt = pathPosition
  if (name !== 'update') return
  node.headComment = from.headComment
  node.lineComment = from.lineComment
  node.footComment = from.footComment
}

function removeAll(root: V3Node, path: readonly PathElement[], effects: Effects): void {
  const last = path.at(-1)
  if (last === undefined)
    throw crashFault('a delete needs a path', 'index out of range [-1]', 'set `path` to the node to delete')
  const purpose = {
    followsAliases: false,
    creates: false,
    visitsCollections: true,
    matches: matchesElement,
    visit(node: V3Node, place: Place): void {
      const removed =
        node.kind === 'mapping'
          ? removeEntries(node, last, effects)
          : node.kind === 'sequence'
            ? removeItems(node, last, place, effects)
            : []
      for (const name of removed) effects.changed('deleted', place, name)
    },
  }
  new Walker(path.slice(0, -1), purpose, effects).run(root)
}

/** Removes the entries that match the last path element. A filter there is compared with the text of the keys. */
function removeEntries(map: V3Node, last: PathElement, effects: Effects): string[] {
  const removed: string[] = []
  let kept: Slice<V3Node> = Slice.empty
  const { content } = map
  for (let index = 0; index + 1 < content.length; index += 2) {
    const key = content.at(index)
    const value = content.at(index + 1)
    if (key === undefined || value === undefined) continue
    if (matchesElement(last, key, key.value, undefined, effects)) removed.push(key.value)
    else kept = kept.append(key, value)
  }
  map.content = kept
  return removed
}

function removeItems(list: V3Node, last: PathElement, place: Place, effects: Effects): number[] {
  const { content } = list
  if (typeof last === 'number') {
    if (last >= content.length) return []
    if (last < 0)
      throw crashFault(
        'a delete cannot have a negative index',
        `slice bounds out of range [:${last}]`,
        'use an index from the start of the list',
      )
    list.content = content.without(last)
    return [last]
  }
  const removed: number[] = []
  let kept: Slice<V3Node> = Slice.empty
  for (let index = 0; index < content.length; index++) {
    const item = content.at(index)
    if (item === undefined) continue
    if (matchesElement(last, item, item.value, place.child('item', index), effects)) removed.push(index)
    else kept = kept.append(item)
  }
  list.content = kept
  return removed
}
