import { positionAt } from '@overlay-render/system'
import { type Node, readDocuments, toValue } from '@overlay-render/yq'

import { ConfigsFault } from './configs-fault.ts'

/** The language of a patch script: a yq 4 expression, a yq 3 script (`yq write --script`), or RFC 6902 operations. */
export type Dialect = 'yq-v4' | 'yq-v3' | 'json-patch'

/**
 * Recognises the dialect of a patch script by its shape: a list of maps with `command` is a yq 3 script, one
 * with `op` is a JSON Patch, and everything that is no YAML block list is a yq 4 expression. No yq 4 expression
 * starts with a dash and a blank, so the shapes cannot be confused.
 *
 * @throws ConfigsFault `script-dialect-unknown` for a list of anything else
 */
export function recogniseDialect(text: string, file: string): Dialect {
  const first = /^(?:[ \t]*(?:#.*)?(?:\r?\n|$)|---[ \t]*\r?\n)*/.exec(text)?.[0].length ?? 0
  const isBlockList = /^-(?:[ \t\r\n]|$)/.test(text.slice(first))
  const isFlowList = text.startsWith('[', first)
  if (!isBlockList && !isFlowList) return 'yq-v4'
  const items = readList(text, file, isBlockList)
  const keys = items.map(keysOf)
  if (keys.length > 0 && keys.every((names) => names.includes('op'))) return 'json-patch'
  if (isFlowList) return 'yq-v4'
  if (keys.some((names) => names.includes('command'))) return 'yq-v3'
  throw new ConfigsFault({
    code: 'script-dialect-unknown',
    message: `${file} is a list, but neither a yq 3 script nor a JSON Patch`,
    position: positionAt(file, text, first),
    source: text,
    hint: 'its items need `command`, `path` and `value` (yq 3) or `op`, `path` and `value` (RFC 6902); a yq 4 script is an expression such as .a.b = "c"',
  })
}

/** A flow list may also be a yq 4 expression that is no YAML, which is not this function's to judge. */
function readList(text: string, file: string, mustBeYaml: boolean): readonly Node[] {
  try {
    const root = readDocuments(text, { fileName: file })[0]
    return root?.kind === 'sequence' ? root.content : []
  } catch (error) {
    if (mustBeYaml) throw error
    return []
  }
}

function keysOf(item: Node): string[] {
  const value = toValue(item)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}
