import { type ConfigChange, type Dialect, recogniseDialect, renderConfig } from '@overlay-render/configs'
import { Fault } from '@overlay-render/system'
import { decodeText, Node, readDocuments } from '@overlay-render/yq'

import { operationStatements } from './operation-statements.ts'
import type { ScriptCheck } from './script-check.ts'
import type { ScriptStatement } from './script-statement.ts'
import { nodeAt, type Step } from './paths.ts'
import { yq4Statements } from './yq4-statements.ts'

/** A script, its base and its effects. */
export interface ScriptTrace {
  readonly dialect: Dialect | undefined
  readonly text: string
  readonly base: Node
  readonly changes: readonly ConfigChange[]
  readonly statements: readonly ScriptStatement[]
}

const EMPTY: ScriptTrace = {
  dialect: undefined,
  text: '',
  base: new Node('scalar', '!!null'),
  changes: [],
  statements: [],
}

const traces = new WeakMap<ScriptCheck['input'], ScriptTrace>()

/** Runs a script once for all rules. A script that fails has no effects; the render reports that. */
export function traceScript(check: ScriptCheck): ScriptTrace {
  const known = traces.get(check.input)
  if (known !== undefined) return known
  const trace = runScript(check)
  traces.set(check.input, trace)
  return trace
}

function runScript({ input }: ScriptCheck): ScriptTrace {
  const read = unlessFault(() => readSource(input))
  if (read === undefined) return EMPTY
  const { text, base } = read
  const made = unlessFault(() => renderConfig(input))
  if (made === undefined) return { ...read, changes: [], statements: [] }
  const { dialect } = made
  const changes =
    dialect === 'json-patch'
      ? made.changes.map((change) => ({ ...change, path: asIndexes(base, change.path) }))
      : made.changes
  const source = { file: input.script.file, text, base, changes }
  const statements =
    dialect === 'yq-v4' ? yq4Statements(source) : dialect === 'merge' ? [] : operationStatements(source)
  return { dialect, text, base, changes, statements }
}

function readSource({
  script,
  dialect,
  base,
}: ScriptCheck['input']): Pick<ScriptTrace, 'text' | 'dialect' | 'base'> {
  const text = decodeText(script.bytes, script.file).replaceAll('\r\n', '\n')
  return {
    text,
    dialect: dialect ?? recogniseDialect(text, script.file).dialect,
    base: readDocuments(decodeText(base.bytes, base.file))[0] ?? EMPTY.base,
  }
}

function unlessFault<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** Turns steps of a JSON Pointer into indexes where the base has a list. */
function asIndexes(base: Node, path: readonly Step[]): Step[] {
  return path.map((step, index) =>
    typeof step === 'string' &&
    /^\d+$/u.test(step) &&
    nodeAt(base, path.slice(0, index).map(asStep))?.kind === 'sequence'
      ? Number(step)
      : step,
  )
}

function asStep(step: Step): Step {
  return typeof step === 'string' && /^\d+$/u.test(step) ? Number(step) : step
}
