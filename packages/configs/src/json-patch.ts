import { positionAt } from '@overlay-render/system'
import { fromValue, type Node, readDocuments, toValue, YqFault } from '@overlay-render/yq'
import fastJsonPatch, { type Operation } from 'fast-json-patch'

import { ConfigsFault } from './configs-fault.ts'
import type { ConfigChange } from './rendered-config.ts'

/**
 * Applies the RFC 6902 operations of a script to a tree, in place of its content. What the operations did not
 * touch keeps its nodes, and with them comments, quotes and order.
 *
 * @returns the new root, and what each operation did
 * @throws ConfigsFault `script-invalid` or `operation-failed`, at the operation
 */
export function applyJsonPatch(
  root: Node,
  script: string,
  file: string,
): { root: Node; changes: readonly ConfigChange[] } {
  const nodes = new WeakMap<object, Node>()
  const changes: ConfigChange[] = []
  let value = toValue(root, { visit: (made, node) => nodes.set(made, node) })
  for (const { operation, node } of readOperations(script, file)) {
    const position = positionAt(file, script, Math.max(0, node.start))
    try {
      value = fastJsonPatch.applyOperation(value, operation, true, true).newDocument
    } catch (error) {
      throw new ConfigsFault({
        code: 'operation-failed',
        message: `the operation ${operation.op} on ${operation.path} cannot be applied: ${reasonOf(error)}`,
        position,
        source: script,
      })
    }
    const kind = CHANGES[operation.op]
    if (kind !== undefined) changes.push({ kind, path: pointerPath(operation.path), position })
  }
  return { root: reconcile(root, value, nodes), changes }
}

const CHANGES: Readonly<Record<string, string>> = {
  add: 'created',
  copy: 'created',
  move: 'created',
  remove: 'deleted',
  replace: 'replaced',
}

/** The steps of a JSON Pointer (RFC 6901). */
function pointerPath(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

interface PlacedOperation {
  readonly operation: Operation
  readonly node: Node
}

function readOperations(script: string, file: string): PlacedOperation[] {
  const root = readScript(script, file)
  return root.content.map((node) => {
    const operation = toValue(node)
    if (!isOperation(operation)) {
      throw new ConfigsFault({
        code: 'script-invalid',
        message: 'this is not an RFC 6902 operation',
        position: positionAt(file, script, Math.max(0, node.start)),
        source: script,
        hint: 'an operation has op (add, remove, replace, move, copy or test), path, and value or from',
      })
    }
    return { operation, node }
  })
}

function readScript(script: string, file: string): Node {
  try {
    const root = readDocuments(script, { fileName: file })[0]
    if (root !== undefined) return root
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    throw new ConfigsFault({
      code: 'script-invalid',
      message: `the patch script ${file} is not valid YAML: ${error.sentence}`,
      position: error.position,
      source: error.source,
      cause: error,
    })
  }
  throw new ConfigsFault({ code: 'script-invalid', message: `the patch script ${file} is empty` })
}

const NEEDS_VALUE = new Set(['add', 'replace', 'test'])
const NEEDS_FROM = new Set(['move', 'copy'])

function isOperation(value: unknown): value is Operation {
  if (typeof value !== 'object' || value === null || !('op' in value) || !('path' in value)) return false
  if (typeof value.op !== 'string' || typeof value.path !== 'string') return false
  if (NEEDS_VALUE.has(value.op)) return 'value' in value
  if (NEEDS_FROM.has(value.op)) return 'from' in value && typeof value.from === 'string'
  return value.op === 'remove'
}

/** fast-json-patch says why in the first line, then shows the whole document. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  return said.charAt(0).toLowerCase() + said.slice(1)
}

type Nodes = WeakMap<object, Node>

/**
 * The node that prints `value`: `node` itself where it already says so, the node that a moved or copied object
 * came from, or a new one.
 */
function reconcile(node: Node, value: unknown, nodes: Nodes): Node {
  if (Array.isArray(value)) return reconcileSequence(originOf(value, nodes, node, 'sequence'), value, nodes)
  if (typeof value === 'object' && value !== null) {
    return reconcileMapping(originOf(value, nodes, node, 'mapping'), value, nodes)
  }
  return node.kind === 'scalar' && Object.is(toValue(node), value) ? node : replaceScalar(node, value)
}

function originOf(
  value: object,
  nodes: Nodes,
  fallback: Node,
  kind: 'sequence' | 'mapping',
): Node | undefined {
  const origin = nodes.get(value) ?? fallback
  return origin.kind === kind ? origin : undefined
}

/** A new scalar in the old one's place keeps its comments and, where it can, its quotes, as a yq assignment does. */
function replaceScalar(old: Node, value: unknown): Node {
  const made = fromValue(value)
  if (old.kind === 'scalar' && old.tag === made.tag) made.style = old.style
  made.headComment = old.headComment
  made.lineComment = old.lineComment
  made.footComment = old.footComment
  return made
}

function reconcileMapping(origin: Node | undefined, value: object, nodes: Nodes): Node {
  if (origin === undefined) return fromValue(value)
  const old = new Map<string, { key: Node; child: Node }>()
  for (let index = 0; index + 1 < origin.content.length; index += 2) {
    const key = origin.content[index]
    const child = origin.content[index + 1]
    if (key !== undefined && child !== undefined) old.set(key.value, { key, child })
  }
  origin.content = Object.entries(value).flatMap(([name, item]) => {
    const pair = old.get(name)
    const key = pair?.key ?? keyNode(name)
    const child = pair === undefined ? takeOrMake(item, nodes) : reconcile(pair.child, item, nodes)
    return adopt(origin, [key, child])
  })
  return origin
}

function keyNode(name: string): Node {
  const key = fromValue(name)
  key.isMapKey = true
  return key
}

/**
 * Items are followed by identity when they are collections; equal scalars are followed in order, so that an
 * insertion in front moves the comments along with their items.
 */
function reconcileSequence(origin: Node | undefined, value: readonly unknown[], nodes: Nodes): Node {
  if (origin === undefined) return fromValue(value)
  const scalars = origin.content.filter((item) => item.kind === 'scalar')
  const placed = value.map((item, index) => {
    if (typeof item === 'object' && item !== null) return takeOrMake(item, nodes)
    const at = scalars.findIndex((node) => Object.is(toValue(node), item))
    const [same] = at < 0 ? [] : scalars.splice(at, 1)
    if (same !== undefined) return same
    const before = value.length === origin.content.length ? origin.content[index] : undefined
    return before === undefined ? fromValue(item) : replaceScalar(before, item)
  })
  origin.content = adopt(origin, placed)
  return origin
}

function takeOrMake(value: unknown, nodes: Nodes): Node {
  if (typeof value !== 'object' || value === null) return fromValue(value)
  const origin = nodes.get(value)
  return origin === undefined ? fromValue(value) : reconcile(origin, value, nodes)
}

function adopt(parent: Node, children: Node[]): Node[] {
  for (const child of children) child.parent = parent
  return children
}
