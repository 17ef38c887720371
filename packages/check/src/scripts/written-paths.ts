import { renderConfig } from '@overlay-render/configs'
import { Fault, type Position } from '@overlay-render/system'
import { decodeText, Node, readDocuments } from '@overlay-render/yq'

import type { ScriptCheck } from './script-check.ts'

type Step = string | number

/** One change of a script, and the path that the script writes for it. */
export interface WrittenChange {
  readonly kind: string
  /** Keys and indexes as the script has them. */
  readonly path: readonly Step[]
  readonly position: Position
}

export interface ScriptChanges {
  readonly base: Node
  readonly changes: readonly WrittenChange[]
}

/** The changes of a script whose paths are written out; none for a script that cannot be run, which a render says. */
export function writtenChanges({ input }: ScriptCheck): ScriptChanges {
  const empty = { base: new Node('scalar', '!!null'), changes: [] }
  try {
    const { changes, dialect } = renderConfig(input)
    const text = decodeText(input.script?.bytes ?? new Uint8Array(), 'script')
    const lines = text.split(/\r?\n/u)
    const base = readDocuments(decodeText(input.base.bytes, input.base.file))[0] ?? empty.base
    return {
      base,
      changes: changes.flatMap(({ kind, path, position }) => {
        const rest = [
          (lines[position.line - 1] ?? '').slice(position.column - 1),
          ...lines.slice(position.line, position.line + 3),
        ]
        const written = dialect === 'yq-v4' ? literalPath(rest[0] ?? '') : writtenOut(path, rest.join('\n'))
        return written === undefined ? [] : [{ kind, path: written, position }]
      }),
    }
  } catch (error) {
    if (error instanceof Fault) return empty
    throw error
  }
}

const STEP = /^(?:\.?\["([^"\\]*)"\]|\.?\[(\d+)\]|\."([^"\\]*)"|\.([A-Za-z_][\w-]*))/u

/** The path that a yq 4 expression begins with, when it is written out and something is assigned to it. */
function literalPath(text: string): Step[] | undefined {
  const path: Step[] = []
  let rest = text
  for (let match = STEP.exec(rest); match !== null; match = STEP.exec(rest)) {
    const [whole, bracketed, index, quoted, bare] = match
    path.push(index === undefined ? (bracketed ?? quoted ?? bare ?? '') : Number(index))
    rest = rest.slice(whole.length)
  }
  return path.length > 0 && /^\s*(?:\||\+|\*|-)?=(?!=)/u.test(rest) ? path : undefined
}

/** A path of the other dialects, unless a pattern stands for an index in it. */
function writtenOut(path: readonly Step[], text: string): readonly Step[] | undefined {
  const isWritten = path.every(
    (step) => typeof step !== 'number' || text.includes(`[${step}]`) || text.includes(`/${step}`),
  )
  return isWritten ? path : undefined
}

/** The node at a path; undefined where the tree has none. */
export function nodeAt(root: Node, path: readonly Step[]): Node | undefined {
  let node: Node | undefined = root
  for (const step of path) {
    node = node?.kind === 'alias' ? node.alias : node
    if (node?.kind === 'mapping') {
      const key = node.content.findIndex((item, place) => place % 2 === 0 && item.value === String(step))
      node = key < 0 ? undefined : node.content[key + 1]
    } else node = node?.kind === 'sequence' && typeof step === 'number' ? node.content[step] : undefined
  }
  return node
}

/** A path as people write it, such as `presets[2].labels`. */
export function showPath(path: readonly Step[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`
      if (!/^[\w-]+$/u.test(step)) return `["${step}"]`
      return index === 0 ? step : `.${step}`
    })
    .join('')
}
