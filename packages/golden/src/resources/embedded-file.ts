import { parseYaml11 } from './parse-yaml.ts'
import { isList, isMap, type Value } from './value.ts'

/**
 * The tree of a text that is a YAML or JSON file: a map or a list. Several documents become a list. Undefined for
 * any other text, such as a script or a single word.
 */
export function parseFile(text: string): Value | undefined {
  if (!looksLikeFile(text)) return undefined
  const parsed = parseYaml11(text)
  if (!parsed.ok) return undefined
  const [first, ...rest] = parsed.documents
  if (rest.length === 0) return isMap(first) || isList(first) ? first : undefined
  return parsed.documents.some((document) => isMap(document) || isList(document))
    ? parsed.documents
    : undefined
}

/** A word such as `see: below` is also YAML; a file ends its lines, or is in JSON's brackets. */
export function looksLikeFile(text: string): boolean {
  return /^\s*[[{]/u.test(text) || (text.includes('\n') && /:|^- /mu.test(text))
}
