import type { Position } from '@overlay-render/system'
import type { Node } from '@overlay-render/yq'

import type { ScriptCheck } from './script-check.ts'
import type { Step } from './paths.ts'
import { traceScript } from './script-trace.ts'

/** A change of a script, and the path in the script for it. */
export interface WrittenChange {
  readonly kind: string
  /** The keys and indexes as written in the script. */
  readonly path: readonly Step[]
  readonly position: Position
}

/** The base and the changes of a script. */
export interface ScriptChanges {
  readonly base: Node
  readonly changes: readonly WrittenChange[]
}

/** The changes of a script with plain paths; none for a script that fails, which the render reports. */
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

/** The plain path at the start of a yq 4 expression, if it is assigned to. */
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

/** A path of the other dialects, unless a pattern matched an index in it. */
function writtenOut(path: readonly Step[], text: string): readonly Step[] | undefined {
  const isWritten = path.every(
    (step) => typeof step !== 'number' || text.includes(`[${step}]`) || text.includes(`/${step}`),
  )
  return isWritten ? path : undefined
}
