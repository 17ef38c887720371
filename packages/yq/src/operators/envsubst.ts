import type { Context } from '../evaluator/context.ts'
import { evaluationFault, refusalFault } from '../evaluator/evaluation-fault.ts'
import { replacementOf } from './make-node.ts'
import type { Operation } from '../expression/ast.ts'
import { parseTemplate, type TemplatePart, type Variable } from './environment-template.ts'

/** `envsubst`: replaces `$name` and `${name}` in strings with environment variables. */
export function substituteEnvironment(context: Context, rules: Operation<'substituteEnvironment'>): Context {
  const { environment } = context.run.capabilities
  if (environment === undefined) {
    throw refusalFault(
      'env operations have been disabled',
      'envsubst is only allowed with permission to read the environment',
    )
  }
  return context.with(
    context.nodes.map((node) => {
      if (node.tag !== '!!str') {
        throw evaluationFault(
          `cannot substitute with ${node.tag}, can only substitute strings. Hint: Most often you'll want to use '|=' over '=' for this operation`,
        )
      }
      return replacementOf(node, 'scalar', '!!str', substituteIn(node.value, environment, rules))
    }),
  )
}

type Environment = (name: string) => string | undefined
type Rules = Pick<Operation<'substituteEnvironment'>, 'noUnset' | 'noEmpty' | 'failFast'>

function substituteIn(template: string, environment: Environment, rules: Rules): string {
  const { parts, problem } = parseTemplate(template)
  const problems = problem === undefined ? [] : [problem]
  let result = ''
  for (const part of parts) {
    // All problems are reported together, unless `failFast` is set.
    if (rules.failFast && problems.length > 0) break
    const value = valueOfPart(part, environment, rules)
    if (value.problem !== undefined) problems.push(value.problem)
    result += value.text
  }
  if (problems.length > 0)
    throw evaluationFault((rules.failFast ? problems.slice(0, 1) : problems).join('\n'))
  return result
}

interface Value {
  readonly text: string
  readonly problem?: string
}

function valueOfPart(part: TemplatePart, environment: Environment, rules: Rules): Value {
  if (part.kind === 'text') return { text: part.text }
  if (part.kind === 'variable') return valueOf(part, environment, rules)
  const { variable, operator, fallback } = part
  if (operator === undefined || fallback === undefined) return valueOf(variable, environment, rules)
  const isSet = environment(variable.name) !== undefined
  switch (operator) {
    case ':-':
    case ':=': {
      const { text } = valueOf(variable, environment, rules)
      return text === '' ? valueOfPart(fallback, environment, rules) : { text }
    }
    case '+':
    case ':+':
      return isSet ? valueOfPart(fallback, environment, rules) : { text: '' }
    default:
      return isSet ? valueOf(variable, environment, rules) : valueOfPart(fallback, environment, rules)
  }
}

function valueOf({ name }: Variable, environment: Environment, { noUnset, noEmpty }: Rules): Value {
  const value = environment(name)
  if (value === undefined && noUnset) return { text: '', problem: `variable \${${name}} not set` }
  if (value === '' && noEmpty) return { text: '', problem: `variable \${${name}} set but empty` }
  return { text: value ?? '' }
}
