import { type Finding, type Position, positionAt } from '@overlay-render/system'
import { compile, fromValue, Node, readDocuments, toValue } from '@overlay-render/yq'

import { findDuplicateKey } from './base-config.ts'
import { ConfigsFault } from './configs-fault.ts'
import { entriesOf, itemName, type ListKeys, usableKey } from './merge-keys.ts'
import type { ConfigChange } from './rendered-config.ts'

/** The directive key, like in a strategic merge patch: `delete` or `replace`. */
const DIRECTIVE = '$patch'

interface Merged {
  readonly root: Node
  readonly changes: readonly ConfigChange[]
  readonly warnings: readonly Finding[]
}

type Path = readonly (string | number)[]

/** A map or list of the partial YAML to merge into one of the base. */
interface Task {
  readonly base: Node
  readonly part: Node
  readonly path: Path
  /** Its key in the parent map. */
  readonly name: string | undefined
}

/**
 * Merges partial YAML into a base: maps by key, lists of maps by item if a key identifies the items; everything else is replaced.
 * null deletes a key, `$patch: delete` deletes an item or a map, and `$patch: replace` replaces a whole map. Other parts keep their
 * nodes, with comments, quotes and order.
 *
 * @throws ConfigsFault `script-invalid`, with the position in the script
 */
export function applyMerge(root: Node, script: string, file: string, keys: ListKeys): Merged {
  const merge = new Merge(script, file, keys)
  merge.run(root, readPart(script, file))
  return { root, changes: merge.changes, warnings: merge.warnings }
}

class Merge {
  readonly changes: ConfigChange[] = []
  readonly warnings: Finding[] = []
  readonly #script: string
  readonly #file: string
  readonly #keys: ListKeys
  readonly #open: Task[] = []

  constructor(script: string, file: string, keys: ListKeys) {
    this.#script = script
    this.#file = file
    this.#keys = keys
  }

  run(base: Node, part: Node): void {
    this.#open.push({ base, part, path: [], name: undefined })
    for (let task = this.#open.shift(); task !== undefined; task = this.#open.shift()) {
      if (task.part.kind === 'mapping') this.#mergeMap(task)
      else this.#mergeList(task)
    }
  }

  #mergeMap({ base, part, path }: Task): void {
    for (const { key, value } of entriesOf(part)) {
      if (key.value === DIRECTIVE) continue
      const place = base.content.findIndex((node, index) => index % 2 === 0 && node.value === key.value)
      const at = [...path, key.value]
      const old = place < 0 ? undefined : base.content[place + 1]
      if (isDeletion(value)) {
        if (old === undefined)
          this.#warn(
            'merge-without-effect',
            `${at.join('.')} cannot be deleted: the base does not have it`,
            key,
          )
        else {
          base.content.splice(place, 2)
          this.#note('deleted', at, key)
        }
      } else if (old === undefined) {
        this.#note('created', at, key)
        base.content.push(adopt(base, detached(key)), adopt(base, detached(value)))
      } else {
        this.#mergeValue({ base, place: place + 1, part: value, path: at, name: key.value, key })
      }
    }
    closeEmpty(base)
  }

  #mergeList(task: Task): void {
    const { base, part, path, name } = task
    const key = usableKey(base.content, part.content, this.#keys(name))
    if (key === undefined) {
      if (same(base, part)) return
      this.#note('replaced', path, part)
      base.content = detached(part).content.map((item) => adopt(base, item))
      base.style = part.style
      return
    }
    for (const item of part.content) {
      const wanted = itemName(item, key)
      const place = base.content.findIndex((node) => itemName(node, key) === wanted)
      const at = [...path, place < 0 ? base.content.length : place]
      if (isDeletion(item)) {
        if (place >= 0) {
          base.content.splice(place, 1)
          this.#note('deleted', at, item)
        } else
          this.#warn('merge-without-effect', `no item of ${path.join('.')} is ${wanted}, to be deleted`, item)
      } else if (place < 0) {
        this.#note('created', at, item)
        base.content.push(adopt(base, detached(item)))
      } else this.#mergeValue({ base, place, part: item, path: at, name: undefined, key: item })
    }
  }

  /** Merges a value into the one at a position of `base`. */
  #mergeValue(task: Task & { readonly place: number; readonly key: Node }): void {
    const { base, place, part, path, name, key } = task
    const old = base.content[place]
    if (old === undefined) return
    const target = old.kind === 'alias' && old.alias !== undefined ? fromValue(toValue(old)) : old
    if (part.kind !== 'scalar' && part.kind === target.kind && directiveOf(part) !== 'replace') {
      base.content[place] = adopt(base, target)
      this.#open.push({ base: target, part, path, name })
      return
    }
    if (same(target, part)) return
    if (part.kind !== target.kind && target.tag !== '!!null') {
      const names = { mapping: 'a map', sequence: 'a list', scalar: 'a value', alias: 'an alias' }
      const message = `${path.join('.')} is ${names[target.kind]} in the base and ${names[part.kind]} here, so it is replaced`
      this.#warn('merge-of-another-kind', message, key)
    }
    this.#note('replaced', path, key)
    const made = detached(part)
    made.headComment ||= old.headComment
    made.lineComment ||= old.lineComment
    made.footComment ||= old.footComment
    base.content[place] = adopt(base, made)
  }

  #note(kind: ConfigChange['kind'], path: Path, node: Node): void {
    this.changes.push({ kind, path, position: this.#positionOf(node) })
  }

  #warn(rule: string, message: string, node: Node): void {
    this.warnings.push({ rule, severity: 'warning', message, position: this.#positionOf(node) })
  }

  #positionOf(node: Node): Position {
    return positionAt(this.#file, this.#script, Math.max(0, node.start))
  }
}

function readPart(script: string, file: string): Node {
  const [part, second] = readDocuments(script, { fileName: file })
  const fault = (message: string, node: Node | undefined, hint?: string): ConfigsFault =>
    new ConfigsFault({
      code: 'script-invalid',
      message,
      position: positionAt(file, script, Math.max(0, node?.start ?? 0)),
      source: script,
      hint,
    })
  if (part?.kind !== 'mapping')
    throw fault('a merge script must be a YAML map, which is merged into the base config', part)
  if (second !== undefined) throw fault('a merge script must be one YAML document', second)
  const duplicate = findDuplicateKey(part)
  if (duplicate !== undefined) {
    const { again, first } = duplicate
    throw fault(`duplicate key ${again.value}, first on line ${first.line}`, again, 'keep one of the two')
  }
  // Anchors and merge keys of the script are expanded, so that each copy is merged separately.
  const [exploded = part] = compile('explode(.)').run([part])
  const directive = findDirective(exploded)
  if (directive === undefined) return exploded
  throw fault(`${DIRECTIVE} is ${directive.value}`, directive, `${DIRECTIVE} is delete or replace`)
}

/** The first invalid directive. */
function findDirective(root: Node): Node | undefined {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'mapping') {
      const value = entriesOf(node).find(({ key }) => key.value === DIRECTIVE)?.value
      if (value !== undefined && value.value !== 'delete' && value.value !== 'replace') return value
    }
    open.push(...node.content)
  }
  return undefined
}

function directiveOf(node: Node): string | undefined {
  if (node.kind !== 'mapping') return undefined
  return entriesOf(node).find(({ key }) => key.value === DIRECTIVE)?.value.value
}

function isDeletion(node: Node): boolean {
  return (node.kind === 'scalar' && node.tag === '!!null') || directiveOf(node) === 'delete'
}

function same(one: Node, other: Node): boolean {
  return one.kind === other.kind && JSON.stringify(flat(one)) === JSON.stringify(flat(other))
}

/** Kinds, tags and texts in document order, without recursion. */
function flat(root: Node): string[] {
  const texts: string[] = []
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    texts.push(`${node.kind} ${node.tag} ${node.content.length} ${node.value}`)
    open.push(...node.content.toReversed())
  }
  return texts
}

/** Removes directives, and positions, which refer to the script instead of the base. */
function detached(root: Node): Node {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    node.start = -1
    node.end = -1
    node.line = 0
    node.column = 0
    node.document = undefined
    const place =
      node.kind === 'mapping'
        ? node.content.findIndex((key, at) => at % 2 === 0 && key.value === DIRECTIVE)
        : -1
    if (place >= 0) node.content.splice(place, 2)
    open.push(...node.content)
  }
  return root
}

/** An empty map is printed as `{}` on its key's line, so the key's comment must follow it. */
function closeEmpty(map: Node): void {
  const { key } = map
  if (map.content.length > 0 || key === undefined || key.lineComment === '') return
  map.lineComment ||= key.lineComment
  key.lineComment = ''
}

function adopt(parent: Node, child: Node): Node {
  child.parent = parent
  return child
}
