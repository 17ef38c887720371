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
 * What an expression may reach outside its documents. What is missing is refused with a fault, except the clock
 * and the dice, which have the machine's as default.
 */
export interface Capabilities {
  /** The value of an environment variable, for `env`, `strenv` and `envsubst`. */
  readonly environment?: ((name: string) => string | undefined) | undefined
  /** The bytes of a file, for `load` and its like. Throws what the user should read when there is none. */
  readonly readFile?: ((path: string) => Uint8Array) | undefined
  /** What a program prints for `input`, for `system`. */
  readonly runProgram?:
    | ((program: string, parameters: readonly string[], input: string) => string)
    | undefined
  readonly now?: (() => Date) | undefined
  /** A number from 0 to below 1, for `shuffle`. */
  readonly random?: (() => number) | undefined
  /** The zone that `now` and `from_unix` print in, such as `Australia/Sydney`. Default: the machine's. */
  readonly timeZone?: string | undefined
}

/** How the language itself behaves; each field is a flag of yq. */
export interface LanguageSettings {
  /** How values are written and read by operators such as `to_xml` and `from_csv`. */
  readonly formats: FormatPreferences
  /** `--yaml-fix-merge-anchor-to-spec`: a map's own keys win over those that it merges. */
  readonly mergeToSpecification: boolean
  /** `--string-interpolation`: `\(…)` in strings is evaluated. */
  readonly interpolation: boolean
}

/** What all contexts of one run share. */
export interface Run {
  readonly capabilities: Capabilities
  readonly settings: LanguageSettings
  readonly evaluate: (context: Context, expression: Expression) => Context
  /** What yq's messages call an operator. */
  readonly nameOf: (expression: Expression) => string
  /** Reads an expression that the documents hold, for `eval` and `\(…)`. `undefined` for an empty one. */
  readonly compile: (text: string) => Expression | undefined
  /** Tells the caller something about the expression at `range`; the same is told once. */
  readonly warn: (code: WarningCode, message: string, range: SourceRange, node?: Node) => void
  /** Present when the caller asked for the list of changes. */
  readonly recorder: Recorder | undefined
  /** The text that ranges refer to. */
  readonly source: ExpressionSource
  /** Set while an expression out of the documents runs: the place in `source` that asked for it. */
  readonly origin: SourceRange | undefined
  /** How many expressions contain the one that is being evaluated. */
  readonly nesting: { level: number }
  readonly assignments: Assignments
  /** What the run may hold and do. */
  readonly budget: NodeBudget
  /** What the run was given. */
  readonly documents: readonly Node[]
  /** How many nodes these had. */
  readonly documentNodes: number
}

/**
 * What an operator sees: the nodes that matched so far, the variables, and whether paths may create what they
 * do not find. Contexts are values: an operator answers with a new one.
 */
export class Context {
  readonly nodes: readonly Node[]
  readonly run: Run
  /** Paths create nothing. yq's indexes create even so. */
  readonly readOnly: boolean
  /** Go layout of dates, set by `with_dtf`; '' is RFC 3339. */
  readonly dateLayout: string
  /** yq's outermost context has none, so that what is bound there is bound for one operator only. */
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

  /** The results of `expression` seen from here. */
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

  /** Whether all matches are documents that are evaluated at once; so it is for no match at all. */
  get isTogether(): boolean {
    return this.nodes.every((node) => node.document?.together === true)
  }

  withDateLayout(layout: string): Context {
    return new Context(this.nodes, this.run, this.readOnly, layout, this.variables)
  }

  variable(name: string): readonly Node[] | undefined {
    return this.variables?.get(name)
  }

  /** Sets a variable for all that share this context's variables; answers the context that sees it. */
  bind(name: string, nodes: readonly Node[]): Context {
    const variables = this.variables ?? new Variables()
    variables.set(name, nodes)
    return variables === this.variables
      ? this
      : new Context(this.nodes, this.run, this.readOnly, this.dateLayout, variables)
  }
}
