import type { Position } from '@overlay-render/system'
import type { Node } from '@overlay-render/yq'

import type { ScriptCheck } from './script-check.ts'
import type { Step } from './paths.ts'
import { traceScript } from './script-trace.ts'

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
export function writtenChanges(check: ScriptCheck): ScriptChanges {
  const { base, changes, dialect, text } = traceScript(check)
  const lines = text.split('\n')
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
