import { parseYaml11 } from './parse-yaml.ts'
import { isList, isMap, type Value } from './value.ts'

/**
 * Parses a string that is a YAML or JSON file with a map or a list. Several documents become a list. Undefined for other
 * strings, such as a script or a single word.
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

/** A phrase such as `see: below` is also YAML; a file has line ends, or JSON's brackets. */
export function looksLikeFile(text: string): boolean {
  return /^\s*[[{]/u.test(text) || (text.includes('\n') && /:|^- /mu.test(text))
}
