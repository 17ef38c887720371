import { NodeBudget } from '../budget/node-budget.ts'
import { Assignments } from './assignments.ts'
import { Context } from './context.ts'
import { DEFAULT_SETTINGS } from './default-settings.ts'

/** A context without an expression, for paths and merges in file readers. */
export function contextWithoutExpression(): Context {
  return new Context([], {
    capabilities: {},
    settings: DEFAULT_SETTINGS,
    evaluate: (context) => context,
    nameOf: () => '',
    compile: () => undefined,
    warn: () => undefined,
    recorder: undefined,
    source: { file: '', text: '' },
    origin: undefined,
    nesting: { level: 0 },
    assignments: new Assignments(),
    budget: new NodeBudget(0),
    documents: [],
    documentNodes: 0,
  })
}
