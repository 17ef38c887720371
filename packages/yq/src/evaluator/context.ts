import type { NodeBudget } from '../budget/node-budget.ts'
import type { Expression, SourceRange } from '../expression/ast.ts'
import type { ExpressionSource } from '../expression/syntax-fault.ts'
import type { FormatPreferences } from '../formats/preferences.ts'
import type { Recorder } from '../trace/recorder.ts'
import type { Node } from '../tree/node.ts'
import type { Assignments } from './assignments.ts'
import { Variables } from './variables.ts'
import type { WarningCode } from './warning.ts'

/**
 * What an expression may access outside of its documents. Using a missing capability is an error, except for the clock
 * and random numbers, which default to the machine's.
 */
export interface Capabilities {
  /** The value of an environment variable, for `env`, `strenv` and `envsubst`. */
  readonly environment?: ((name: string) => string | undefined) | undefined
  /** The bytes of a file, for `load` and similar operators. Throws an error for the user when it is missing. */
  readonly readFile?: ((path: string) => Uint8Array) | undefined
  /** The output of a program for `input`, for `system`. */
  readonly runProgram?:
    | ((program: string, parameters: readonly string[], input: string) => string)
    | undefined
  readonly now?: (() => Date) | undefined
  /** A number from 0 to below 1, for `shuffle`. */
  readonly random?: (() => number) | undefined
  /** The zone that `now` and `from_unix` print in, such as `Australia/Sydney`. Default: the machine's. */
  readonly timeZone?: string | undefined
}

/** Settings of the language; each field is a flag of yq. */
export interface LanguageSettings {
  /** How values are written and read by operators such as `to_xml` and `from_csv`. */
  readonly formats: FormatPreferences
  /** `--yaml-fix-merge-anchor-to-spec`: a map's own keys win over those that it merges. */
  readonly mergeToSpecification: boolean
  /** `--string-interpolation`: `\(…)` in strings is evaluated. */
  readonly interpolation: boolean
}

/** State shared by all contexts of one run. */
export interface Run {
  readonly capabilities: Capabilities
  readonly settings: LanguageSettings
  readonly evaluate: (context: Context, expression: Expression) => Context
  /** The name of an operator in yq's messages. */
  readonly nameOf: (expression: Expression) => string
  /** Parses an expression from the documents, for `eval` and `\(…)`; `undefined` when it is empty. */
  readonly compile: (text: string) => Expression | undefined
  /** Reports a warning about the expression at `range`; the same warning is reported once. */
  readonly warn: (code: WarningCode, message: string, range: SourceRange, node?: Node) => void
  /** Present when the caller asked for the list of changes. */
  readonly recorder: Recorder | undefined
  /** The text that ranges refer to. */
  readonly source: ExpressionSource
  /** Set while an expression from the documents runs: the position in `source` that evaluates it. */
  readonly origin: SourceRange | undefined
  /** The nesting depth of the current expression. */
  readonly nesting: { level: number }
  readonly assignments: Assignments
  /** The limits of the run. */
  readonly budget: NodeBudget
  /** The documents of the run. */
  readonly documents: readonly Node[]
  /** The number of nodes of the documents. */
  readonly documentNodes: number
}

/**
 * The input of an operator: the current matches, the variables, and whether paths may create missing nodes. Contexts
 * are immutable: an operator returns a new one.
 */
export class Context {
  readonly nodes: readonly Node[]
  readonly run: Run
  /** Paths create nothing, except yq's indexes. */
  readonly readOnly: boolean
  /** Go layout of dates, set by `with_dtf`; '' is RFC 3339. */
  readonly dateLayout: string
  /** yq's outermost context has none, so a variable bound there is visible to one operator only. */
  readonly variables: Variables | undefined

  constructor(
    nodes: readonly Node[],
    run: Run,
    readOnly = false,
    dateLayout = '',
    variables: Variables | undefined = undefined,
  ) {
    this.nodes = nodes
    this.run = run
    this.readOnly = readOnly
    this.dateLayout = dateLayout
    this.variables = variables
  }

  /** Evaluates `expression` in this context. */
  evaluate(expression: Expression): Context {
    return this.run.evaluate(this, expression)
  }

  /** The same context with other matches. */
  with(nodes: readonly Node[], readOnly: boolean = this.readOnly): Context {
    return new Context(nodes, this.run, readOnly, this.dateLayout, this.variables?.fork() ?? new Variables())
  }

  withSingle(node: Node): Context {
    return this.with([node])
  }

  withSingleReadOnly(node: Node): Context {
    return this.with([node], true)
  }

  asReadOnly(): Context {
    return this.with(this.nodes, true)
  }

  asWritable(): Context {
    return this.with(this.nodes, false)
  }

  /** The same context for an expression that is not part of the program's own text. */
  withRun(run: Run): Context {
    return new Context(this.nodes, run, this.readOnly, this.dateLayout, this.variables)
  }

  /** Whether all matches are documents that are evaluated together; true without matches. */
  get isTogether(): boolean {
    return this.nodes.every((node) => node.document?.together === true)
  }

  withDateLayout(layout: string): Context {
    return new Context(this.nodes, this.run, this.readOnly, layout, this.variables)
  }

  variable(name: string): readonly Node[] | undefined {
    return this.variables?.get(name)
  }

  /** Sets a variable for every context that shares this context's variables, and returns such a context. */
  bind(name: string, nodes: readonly Node[]): Context {
    const variables = this.variables ?? new Variables()
    variables.set(name, nodes)
    return variables === this.variables
      ? this
      : new Context(this.nodes, this.run, this.readOnly, this.dateLayout, variables)
  }
}
