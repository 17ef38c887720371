import type { Position } from '@overlay-render/system'
import type { Node } from '@overlay-render/yq'

import { nodeAt, formatPath, type Step } from './paths.ts'
import type { ScriptCheck } from './script-check.ts'
import { traceScript } from './script-trace.ts'
import { writtenChanges } from './written-paths.ts'

/** A path of a script that names an item by its index, although something tells the items apart. */
export interface PositionalPath {
  /** As people write it. */
  readonly shown: string
  readonly path: readonly Step[]
  /** The path of the list. */
  readonly holder: readonly Step[]
  readonly index: number
  /** What tells the item at the index from the others today, as an expression. */
  readonly selector: string
  readonly position: Position
  /** The line of the script that has the index. */
  readonly line: number
}

/** The positional paths of a script, each once. */
export function positionalPaths(check: ScriptCheck): PositionalPath[] {
  const { base, changes } = writtenChanges(check)
  const { text } = traceScript(check)
  const told = new Set<string>()
  return changes.flatMap(({ path, position }) => {
    const at = path.findIndex((step) => typeof step === 'number')
    const index = path[at]
    const holder = path.slice(0, Math.max(at, 0))
    const list = nodeAt(base, holder)
    if (typeof index !== 'number' || list?.kind !== 'sequence') return []
    const selector = selectorOf(list, index)
    const shown = formatPath(path)
    if (selector === undefined || told.has(shown)) return []
    told.add(shown)
    return { shown, path, holder, index, selector, position, line: lineOf(text, index, position.line) }
  })
}

/** A command of yq 3 has its path on one of the lines after its start. */
function lineOf(text: string, index: number, start: number): number {
  const lines = text.split('\n').slice(start - 1, start + 3)
  const written = [`[${index}]`, `/${index}`]
  const at = lines.findIndex((line) => written.some((form) => line.includes(form)))
  return start + Math.max(at, 0)
}

const FIELDS = ['name', 'id', 'key', 'repo', 'host', 'context']

/** What tells the item at an index from all others of its list, as an expression; undefined when no field does. */
export function selectorOf(list: Node, index: number): string | undefined {
  if (list.content.length < 2) return undefined
  for (const field of FIELDS) {
    const values = list.content.map((item) => nodeAt(item, [field])?.value ?? '')
    const own = values[index] ?? ''
    if (own !== '' && !values.includes('') && new Set(values).size === values.length)
      return `select(.${field} == ${JSON.stringify(own)})`
  }
  const labels = list.content.map((item) => nodeAt(item, ['labels'])?.content[0]?.value ?? '')
  const own = labels[index] ?? ''
  return own !== '' && labels.filter((label) => label === own).length === 1
    ? `select(.labels | has(${JSON.stringify(own)}))`
    : undefined
}
