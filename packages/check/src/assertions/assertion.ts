import type { Finding, Position } from '@overlay-render/system'
import { compile, type Node, pathOf, type Program, scalarValue, YqFault } from '@overlay-render/yq'

import { CheckFault } from '../check-fault.ts'

/** A condition of the workspace about what it renders. */
export interface Assertion {
  readonly name: string
  readonly over: 'manifests' | 'configs' | 'jobs'
  /**
   * A yq expression that selects what is checked: a document for which it is true, or the nodes that it returns; every document
   * when absent.
   */
  readonly where?: string | undefined
  /** A yq expression that must return true. */
  readonly expression: string
  readonly message: string
  readonly positions: Readonly<Record<'name' | 'where' | 'expression', Position>>
}

/** A document that assertions can check: a manifest, a config, a job. */
export interface AssertedDocument {
  readonly over: Assertion['over']
  /** Such as `Deployment prow/deck` or `config/config.yaml`. */
  readonly object: string
  /** Its root node, parsed on first use. Its nodes are not changed. */
  readonly root: () => Node
  /** The position in the sources of the node at a path. */
  readonly positionOf: (path: readonly (string | number)[]) => Position | undefined
}

/**
 * The findings of false assertions. Expressions see only their document: no files, no environment.
 *
 * @throws CheckFault `assertion-invalid` for an expression that cannot be evaluated within its limits, or whose result is not true
 * or false
 */
export function checkAssertions(
  assertions: readonly Assertion[],
  documents: readonly AssertedDocument[],
): Finding[] {
  return assertions.flatMap((assertion) => {
    const run = prepare(assertion)
    return documents.filter(({ over }) => over === assertion.over).flatMap(run)
  })
}

/** The rule name of an assertion, in findings and in the settings of rules. */
export function assertionRule({ name }: Pick<Assertion, 'name'>): string {
  return `assert/${name}`
}

function prepare(assertion: Assertion): (document: AssertedDocument) => Finding[] {
  const where = assertion.where === undefined ? undefined : read(assertion, 'where')
  const expression = read(assertion, 'expression')
  return (document) => {
    const nodes = where === undefined ? [document.root()] : found(where([document.root()]), document)
    return nodes
      .filter((node) => !holds(expression([node]), assertion, document))
      .map((node) => falseFinding(assertion, document, pathOf(node)))
  }
}

type Run = (nodes: readonly Node[]) => readonly Node[]

function read(assertion: Assertion, part: 'where' | 'expression'): Run {
  const program = attempt(assertion, part, (): Program => compile(assertion[part] ?? ''))
  return (nodes) => attempt(assertion, part, () => program.run(nodes))
}

function attempt<Result>(assertion: Assertion, part: 'where' | 'expression', work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    throw new CheckFault({
      code: 'assertion-invalid',
      message: `${part} of the assertion ${assertion.name} cannot be evaluated: ${error.sentence}`,
      position: assertion.positions[part],
      hint: error.hint,
      cause: error,
    })
  }
}

/** The nodes that `where` selects: the document for true, none for false and null. */
function found(answers: readonly Node[], document: AssertedDocument): Node[] {
  return answers.flatMap((answer) => {
    const value = answer.kind === 'scalar' ? scalarValue(answer) : undefined
    if (value === true) return [document.root()]
    return value === false || value === null ? [] : [answer]
  })
}

function holds(
  answers: readonly Node[],
  { name, positions }: Assertion,
  { object }: AssertedDocument,
): boolean {
  const values = answers.map((answer) => (answer.kind === 'scalar' ? scalarValue(answer) : answer.kind))
  const [only] = values
  if (values.length === 1 && typeof only === 'boolean') return only
  throw new CheckFault({
    code: 'assertion-invalid',
    message: `the expression of the assertion ${name} must return true or false, but returns ${values.length === 1 ? 'another value' : `${values.length} values`} for ${object}`,
    position: positions.expression,
    hint: 'compare the value, or use any, all or has',
  })
}

function falseFinding(
  assertion: Assertion,
  { object, positionOf }: AssertedDocument,
  path: readonly (string | number)[],
): Finding {
  const place = path.join('.')
  return {
    rule: assertionRule(assertion),
    severity: 'error',
    message: `${object}${place === '' ? '' : ` at ${place}`}: ${assertion.message.replace(/\.$/u, '')}`,
    object: place === '' ? object : `${object} ${place}`,
    position: positionOf(path),
  }
}
