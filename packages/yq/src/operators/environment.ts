import { YqFault } from '../errors.ts'
import type { Context } from '../evaluator/context.ts'
import { evaluationFault, refusalFault } from '../evaluator/evaluation-fault.ts'
import type { Operation } from '../expression/ast.ts'
import { readDocuments } from '../reader/read.ts'
import { Node } from '../tree/node.ts'

/** `env(NAME)` reads the value as YAML, `strenv(NAME)` as a string. */
export function environment(context: Context, { name, asText }: Operation<'environment'>): Context {
  const { capabilities, settings } = context.run
  if (capabilities.environment === undefined) {
    throw refusalFault(
      'env operations have been disabled',
      'env and strenv are only allowed with permission to read the environment',
    )
  }
  const value = capabilities.environment(name) ?? ''
  if (asText) return context.withSingle(new Node('scalar', '!!str', value))
  if (value === '') throw evaluationFault(`value for env variable '${name}' not provided in env()`)
  return context.withSingle(readValue(name, value, settings.formats.yaml.headerPreprocess))
}

/** The first document of a value. Errors do not show the value, because it may be secret. */
function readValue(name: string, value: string, headerPreprocess: boolean): Node {
  try {
    const [document] = readDocuments(value, { headerPreprocess })
    if (document !== undefined) return document
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    const message = `the value of the environment variable ${name} is not YAML`
    throw new YqFault({ code: 'evaluation-failed', message, yqMessage: error.yqMessage })
  }
  // Go's message for a text without a document.
  throw evaluationFault('EOF')
}
