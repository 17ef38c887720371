import { type Position, positionAt } from '@overlay-render/system'
import { type Node, readDocuments, YqFault } from '@overlay-render/yq'
import fastJsonPatch from 'fast-json-patch'

import { areEqual, JsonValues } from './json-values.ts'
import { ConfigsFault } from './configs-fault.ts'
import { type JsonValue, pointerSteps, requirePlace, valueAt } from './json-pointer.ts'
import { reconcile } from './reconcile.ts'
import type { ConfigChange } from './rendered-config.ts'

/**
 * Applies the RFC 6902 operations of a script to a tree. Unchanged parts keep their nodes, with comments, quotes and
 * order.
 *
 * @returns the new root, and the changes of each operation
 * @throws ConfigsFault `script-invalid` or `operation-failed`, at the operation
 */
export function applyJsonPatch(
  root: Node,
  script: string,
  file: string,
): { root: Node; changes: readonly ConfigChange[] } {
  const nodes = new WeakMap<object, Node>()
  const changes: ConfigChange[] = []
  const values = new JsonValues()
  const start = { file, line: 1, column: 1 }
  let value = orFault('the base config cannot be patched', start, script, () =>
    values.of(root, (made, node) => nodes.set(made, node)),
  )
  for (const node of readScript(script, file).content) {
    const position = positionAt(file, script, Math.max(0, node.start))
    const operation = orFault('this operation cannot be read', position, script, () => values.of(node))
    if (!isOperation(operation)) throw noOperation(position, script)
    const { op, path } = operation
    const problem = `the operation ${op} on ${path} cannot be applied`
    value = orFault(problem, position, script, () => applyOperation(value, operation, values))
    const kind = CHANGES[op]
    if (kind !== undefined) changes.push({ kind, path: pointerSteps(path), position })
  }
  return { root: reconcile(root, value, nodes), changes }
}

/** Converts plain errors to faults at the operation. */
function orFault<Result>(problem: string, position: Position, source: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new ConfigsFault({
      code: 'operation-failed',
      message: `${problem}: ${error.message}`,
      position,
      source,
      cause: error,
    })
  }
}

/**
 * Checks each pointer first, because fast-json-patch accepts inherited keys and more indices than RFC 6901. Copies and
 * comparisons are done here, with limits and without recursion.
 */
function applyOperation(root: JsonValue, operation: Operation, values: JsonValues): JsonValue {
  const { path } = operation
  switch (operation.op) {
    case 'add':
      requirePlace(root, path)
      return applied(root, operation)
    case 'remove':
    case 'replace':
      valueAt(root, path)
      return applied(root, operation)
    case 'copy':
      return applyOperation(
        root,
        { op: 'add', path, value: values.copy(valueAt(root, operation.from)) },
        values,
      )
    case 'move':
      return move(root, operation, values)
    case 'test':
      if (areEqual(valueAt(root, path), operation.value)) return root
      throw new Error('the value there is different')
  }
}

function move(root: JsonValue, { from, path }: Transfer, values: JsonValues): JsonValue {
  const value = valueAt(root, from)
  if (from === path) return root
  if (path.startsWith(`${from}/`)) throw new Error(`${from || 'the root'} cannot be moved into itself`)
  const rest = applied(root, { op: 'remove', path: from })
  return applyOperation(rest, { op: 'add', path, value }, values)
}

function applied(root: JsonValue, operation: Operation): JsonValue {
  // The pointer has been checked, and no object here has a prototype to modify.
  return fastJsonPatch.applyOperation<JsonValue>(root, operation, false, true, false).newDocument
}

const CHANGES: Readonly<Partial<Record<Operation['op'], string>>> = {
  add: 'created',
  copy: 'created',
  move: 'created',
  remove: 'deleted',
  replace: 'replaced',
}

/** An operation with a source: move or copy. */
interface Transfer {
  readonly op: 'move' | 'copy'
  readonly path: string
  readonly from: string
}

type Operation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string }
  | Transfer

function noOperation(position: Position, source: string): ConfigsFault {
  return new ConfigsFault({
    code: 'script-invalid',
    message: 'this is not an RFC 6902 operation',
    position,
    source,
    hint: 'an operation has op (add, remove, replace, move, copy or test), path, and value or from',
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
  const { op, path } = value
  if (typeof op !== 'string' || typeof path !== 'string') return false
  if (NEEDS_VALUE.has(op)) return 'value' in value
  if (NEEDS_FROM.has(op)) return 'from' in value && typeof value.from === 'string'
  return op === 'remove'
}
