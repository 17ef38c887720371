import { positionAt } from '@overlay-render/faults'
import { NodeBudget, withBudget } from './budget/node-budget.ts'
import { treeSize } from './budget/tree-size.ts'
import { YqFault } from './errors.ts'
import { Assignments } from './evaluator/assignments.ts'
import { type Capabilities, Context, type LanguageSettings, type Run } from './evaluator/context.ts'
import { DEFAULT_SETTINGS } from './evaluator/default-settings.ts'
import { evaluate } from './evaluator/evaluate.ts'
import { pathText } from './tree/path-text.ts'
import type { Warning } from './evaluator/warning.ts'
import type { Expression, SourceRange } from './expression/ast.ts'
import { parse } from './expression/parser.ts'
import type { ExpressionSource } from './expression/syntax-fault.ts'
import { quote } from './go/quote.ts'
import { operatorName } from './operators/operator-name.ts'
import { Tracer } from './trace/tracer.ts'
import type { Change } from './trace/change.ts'
import { Node } from './tree/node.ts'
import { pathOf } from './tree/path.ts'

export interface CompileOptions {
  /** The name of the expression in errors and warnings, such as the path of a script. Default: `expression`. */
  readonly file?: string | undefined
}

export interface RunOptions {
  /**
   * `each` evaluates the expression once for every document, as `yq` does; `together` once for all of them, as
   * `yq eval-all` does. Default: `each`.
   */
  readonly mode?: 'each' | 'together' | undefined
  /** What the expression may access; only the clock by default. */
  readonly capabilities?: Capabilities | undefined
  readonly settings?: Partial<LanguageSettings> | undefined
  /** Variables that the expression sees, by their names without `$`. */
  readonly variables?: Readonly<Record<string, readonly Node[]>> | undefined
  /** Called for changes of data that a user may not expect. */
  readonly onWarning?: ((warning: Warning) => void) | undefined
  /** Called after the run with every change of the documents. Costs time and memory. */
  readonly onChange?: ((change: Change) => void) | undefined
}

/** A compiled expression, which can run on any number of documents and has no state. */
export interface Program {
  readonly source: ExpressionSource
  /**
   * Evaluates the program on documents (or any other nodes), which it may change in place, and returns the results in
   * order. Without documents it runs on one empty null, like yq. Throws `YqFault` with the position in the expression.
   */
  run(documents: Iterable<Node>, options?: RunOptions): Node[]
}

/**
 * Compiles an expression of yq 4. Throws a `YqFault` of code `expression-invalid` with the position, the problem, and
 * yq's own message as `yqMessage`.
 */
export function compile(text: string, { file = 'expression' }: CompileOptions = {}): Program {
  const source: ExpressionSource = { file, text }
  const expression = parse(source)
  return {
    source,
    run: (documents, options = {}) => runProgram(source, expression, [...documents], options),
  }
}

function runProgram(
  source: ExpressionSource,
  expression: Expression | undefined,
  given: readonly Node[],
  options: RunOptions,
): Node[] {
  const documents = given.length > 0 ? given : [new Node('scalar', '!!null')]
  // yq's empty null, which replaces missing documents, is never one of several.
  if (options.mode === 'together') for (const node of given) markTogether(node)
  if (expression === undefined) return [...documents]
  const tracer = options.onChange === undefined ? undefined : new Tracer(documents)
  const run = makeRun(source, options, tracer, documents)
  return withBudget(run.budget, () => evaluateAll(expression, documents, run, tracer, options))
}

function evaluateAll(
  expression: Expression,
  documents: readonly Node[],
  run: Run,
  tracer: Tracer | undefined,
  options: RunOptions,
): Node[] {
  const results: Node[] = []
  for (const nodes of options.mode === 'together' ? [documents] : documents.map((node) => [node])) {
    const context = bindAll(new Context(nodes, run), options.variables)
    const answer = context.evaluate(expression).nodes
    const [document] = nodes
    const [result, ...more] = answer
    if (document !== undefined && result !== undefined && more.length === 0) {
      tracer?.returned(document, result, lastStep(expression).range)
    }
    for (const node of answer) results.push(node)
  }
  for (const { range, node } of run.assignments.unmatched()) warnOfNoEffect(run, range, node)
  for (const change of tracer?.finish() ?? []) options.onChange?.(change)
  return results
}

function warnOfNoEffect(run: Run, range: SourceRange, node: Node): void {
  const place = pathText(node) || 'the document'
  const message = `this changes nothing: ${place} is neither a map nor a list (it is ${node.tag})`
  run.warn('assign-into-scalar', message, range, node)
}

/** The last step of a program: the right side of its last pipe. */
function lastStep(expression: Expression): Expression {
  let step = expression
  while (step.operator === 'pipe') step = step.right
  return step
}

function bindAll(context: Context, variables: RunOptions['variables'] = {}): Context {
  return Object.entries(variables).reduce((bound, [name, nodes]) => bound.bind(name, nodes), context)
}

function markTogether(node: Node): void {
  node.document = {
    index: 0,
    fileIndex: 0,
    fileName: '',
    leadingContent: '',
    ...node.document,
    together: true,
  }
}

function makeRun(
  source: ExpressionSource,
  options: RunOptions,
  recorder: Tracer | undefined,
  documents: readonly Node[],
): Run {
  const documentNodes = treeSize(documents, Number.POSITIVE_INFINITY)
  return {
    capabilities: options.capabilities ?? {},
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    evaluate,
    nameOf: operatorName,
    compile: makeInnerCompiler(),
    warn: makeWarner(source, options.onWarning),
    recorder,
    source,
    origin: undefined,
    nesting: { level: 0 },
    assignments: new Assignments(),
    budget: new NodeBudget(documentNodes),
    documents,
    documentNodes,
  }
}

/** Parses each text once per run. Errors get the position of the operator that evaluates it. */
function makeInnerCompiler(): Run['compile'] {
  const known = new Map<string, Expression | undefined>()
  return (text) => {
    if (!known.has(text)) known.set(text, parseInner(text))
    return known.get(text)
  }
}

function parseInner(text: string): Expression | undefined {
  try {
    return parse({ file: '', text })
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    throw new YqFault({
      code: error.code,
      message: `${error.sentence}, in the expression ${quote(text)}`,
      yqMessage: error.yqMessage,
      hint: error.hint,
      cause: error,
    })
  }
}

/** Reports a warning about general behaviour once, and other warnings once per position. */
function makeWarner(source: ExpressionSource, onWarning: RunOptions['onWarning']): Run['warn'] {
  if (onWarning === undefined) return () => undefined
  const reported = new Set<string>()
  return (code, message, range, node) => {
    const identity = code === 'merge-overrides-own-keys' ? code : `${code} ${range.start}`
    if (reported.has(identity)) return
    reported.add(identity)
    const position = positionAt(source.file, source.text, range.start)
    const width = Math.max(1, Array.from(source.text.slice(range.start, range.end)).length)
    onWarning({ code, message, position, width, path: node && pathOf(node) })
  }
}
