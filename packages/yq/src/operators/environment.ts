import { YqFault } from '../errors.ts'
import type { Context } from '../evaluator/context.ts'
import { evaluationFault, refusalFault } from '../evaluator/evaluation-fault.ts'
import type { Operation } from '../expression/ast.ts'
import { readDocuments } from '../reader/read.ts'
import { Node } from '../tree/node.ts'

/** `env(NAME)`, whose value is read as YAML, and `strenv(NAME)`, whose value is a string as it is. */
export function environment(context: Context, { name, asText }: Operation<'environment'>): Context {
  const { capabilities, settings } = context.run
  if (capabilities.environment === undefined) {
    throw refusalFault(
      'env operations have been disabled',
      'env and strenv may only be used where reading the environment has been allowed',
    )
  }
  const value = capabilities.environment(name) ?? ''
  if (asText) return context.withSingle(new Node('scalar', '!!str', value))
  if (value === '') throw evaluationFault(`value for env variable '${name}' not provided in env()`)
  return context.withSingle(readValue(name, value, settings.formats.yaml.headerPreprocess))
}

/** The first document of a value. The value itself may be a secret, so no fault shows it. */
function readValue(name: string, value: string, headerPreprocess: boolean): Node {
  try {
    const [document] = readDocuments(value, { headerPreprocess })
    if (document !== undefined) return document
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    const message = `the value of the environment variable ${name} is not YAML`
    throw new YqFault({ code: 'evaluation-failed', message, yqMessage: error.yqMessage })
  }
  // The sentence of Go for a text without a document.
  throw evaluationFault('EOF')
}
