import type { Context } from '../evaluator/context.ts'
import { encodeText } from '../formats/encode-text.ts'
import type { Node } from '../tree/node.ts'

/** A node as YAML without trailing line breaks, for use in a string, with the settings for YAML. */
export function yamlText({ run }: Context, node: Node): string {
  const { formats, mergeToSpecification } = run.settings
  const options = { format: 'yaml', indent: formats.yaml.indent } as const
  return encodeText(node, options, formats, mergeToSpecification).replace(/\n+$/, '')
}
