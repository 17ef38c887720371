import { positionAt } from '@overlay-render/system'
import { Node, readDocuments } from '@overlay-render/yq'

import type { ScriptEffect, ScriptStatement, StatementSource } from './script-statement.ts'
import { shorten } from './shorten.ts'
import { nodeAt, type Step } from './paths.ts'

/** The statements of a script that is a list of operations: commands of yq 3, or a JSON patch. */
export function operationStatements(source: StatementSource): ScriptStatement[] {
  const { file, text, base } = source
  const [list] = readDocuments(text)
  const touched: (readonly Step[])[] = []
  return (list?.content ?? []).map((item) => {
    const position = positionAt(file, text, Math.max(item.start, 0))
    const all = source.changes.filter(
      (change) => change.position.line === position.line && change.position.column === position.column,
    )
    const effects = all.filter(
      (change) => touched.some((path) => meet(path, change.path)) || !isThere(base, item, change),
    )
    touched.push(...all.map(({ path }) => path))
    const name = textAt(item, 'command') || textAt(item, 'op')
    const written = textAt(item, 'path')
    const [first] = all
    const isPlain = first !== undefined && all.length === 1 && !/[*(?]/u.test(written)
    return {
      position,
      shown: shorten(`${name} ${written}`),
      effects,
      // The render reports operations that matched nothing.
      isChange: SETS.has(name) && all.length > 0,
      target: isPlain && first.path.every((step) => typeof step === 'string') ? first.path : undefined,
      isSet: SETS.has(name),
      isDelete: name === 'delete' || name === 'remove',
      reads: READS.has(name) || /[(]/u.test(written) ? undefined : new Set(),
    }
  })
}

const SETS: ReadonlySet<string> = new Set(['update', 'add', 'replace'])
const READS: ReadonlySet<string> = new Set(['merge', 'test', 'copy', 'move'])

function textAt(item: Node, key: string): string {
  return nodeAt(item, [key])?.value ?? ''
}

/** Whether one of two paths is the start of the other. */
function meet(a: readonly Step[], b: readonly Step[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short.every((step, index) => step === long[index])
}

/** Whether the base already has the value of an operation. An item that a JSON patch adds to a list is always new. */
function isThere(base: Node, item: Node, { path }: ScriptEffect): boolean {
  const value = nodeAt(item, ['value'])
  const old = nodeAt(base, path)
  const isInserted = textAt(item, 'op') === 'add' && nodeAt(base, path.slice(0, -1))?.kind === 'sequence'
  return value !== undefined && old !== undefined && !isInserted && haveSameData(old, value)
}

/** Whether two trees have the same data in the same order. Styles and comments do not count. */
function haveSameData(left: Node, right: Node): boolean {
  const pending: [Node, Node][] = [[left, right]]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [a, b] = pair
    const isSame =
      a.kind === b.kind && a.tag === b.tag && a.value === b.value && a.content.length === b.content.length
    if (!isSame || a.kind === 'alias') return false
    for (const [index, child] of a.content.entries())
      pending.push([child, b.content[index] ?? new Node('scalar')])
  }
  return true
}
