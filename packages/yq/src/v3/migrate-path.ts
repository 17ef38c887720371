import { parsePath, type PathElement } from './path.ts'

/** A path of yq 3 in the language of yq 4. */
export interface MigratedPath {
  readonly text: string
  /** What is after `[+]`: the new item is made of it. */
  readonly newItem: readonly PathElement[] | undefined
  /** Keys that yq 3 takes as they are and yq 4 for patterns. */
  readonly patternKeys: readonly string[]
}

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/u

/** @param deletes whether the path is that of a delete, for which `**` means something else */
export function migratePath(elements: readonly PathElement[], deletes: boolean): MigratedPath {
  const patternKeys: string[] = []
  let text = ''
  for (const [index, element] of elements.entries()) {
    if (element === '+')
      return { text: text === '' ? '.' : text, newItem: elements.slice(index + 1), patternKeys }
    if (element === '**') text = deep(text, elements[index + 1], deletes)
    else if (isFilter(element)) text = filtered(text, element, patternKeys)
    else text += step(text, element, patternKeys)
  }
  return { text: text === '' ? '.' : text, newItem: undefined, patternKeys }
}

/** A `**` at the end is every leaf for an update, and all that is there for a delete. */
function deep(text: string, next: PathElement | undefined, deletes: boolean): string {
  const from = text || '.'
  if (next === undefined) {
    return deletes
      ? `(${from} | select(kind != "scalar") | .[])`
      : `(${from} | .. | select(kind == "scalar" or (kind != "alias" and length == 0)))`
  }
  const kind = typeof next === 'number' || next === '+' ? 'seq' : 'map'
  return `(${deletes ? from : `${from}[]`} | .. | select(kind == "${kind}"))`
}

function step(text: string, element: PathElement, patternKeys: string[]): string {
  if (typeof element === 'number') return `${text === '' ? '.' : ''}[${element}]`
  if (element === '*') return `${text === '' ? '.' : ''}[]`
  if (isPatternInYq4(element)) patternKeys.push(element)
  if (PLAIN_KEY.test(element)) return `.${element}`
  return `${text === '' ? '.' : ''}[${quoteText(element)}]`
}

function isFilter(element: PathElement): element is string {
  return typeof element === 'string' && element.includes('==')
}

function filtered(text: string, element: string, patternKeys: string[]): string {
  const split = element.indexOf('==')
  const path = element.slice(0, split).trim()
  const value = element.slice(split + 2).trim()
  const inner = path === '.' ? '.' : migratePath(parsePath(path), false).text
  if (isPatternInYq4(value)) patternKeys.push(value)
  return `(${text || '.'}[] | select(${inner} == ${quoteText(value)}))`
}

/** A star at the end is a pattern in both. */
function isPatternInYq4(key: string): boolean {
  return /\?|\*(?!$)/u.test(key)
}

/** A string of yq 4's language, in which a backslash starts an escape and, before a parenthesis, an expression. */
export function quoteText(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return `"${escaped}"`
}
