import type { Position } from '@overlay-render/system'
import type { Node } from '@overlay-render/yq'

import { nodeAt, formatPath, type Step } from './paths.ts'
import type { ScriptCheck } from './script-check.ts'
import { traceScript } from './script-trace.ts'
import { writtenChanges } from './written-paths.ts'

/** A path in a script with the index of a list item that a field could identify. */
export interface PositionalPath {
  /** The path as text. */
  readonly shown: string
  readonly path: readonly Step[]
  /** The path of the list. */
  readonly holder: readonly Step[]
  readonly index: number
  /** An expression that selects the item at the index today. */
  readonly selector: string
  readonly position: Position
  /** The line of the script with the index. */
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

/** The path of a yq 3 command is on one of the lines after its start. */
function lineOf(text: string, index: number, start: number): number {
  const lines = text.split('\n').slice(start - 1, start + 3)
  const written = [`[${index}]`, `/${index}`]
  const at = lines.findIndex((line) => written.some((form) => line.includes(form)))
  return start + Math.max(at, 0)
}

const FIELDS = ['name', 'id', 'key', 'repo', 'host', 'context']

/** An expression that selects the item at an index by a field; undefined when no field identifies the items. */
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
