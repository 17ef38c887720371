import { parsePath, type PathElement } from './path.ts'

/** A yq 3 path as an expression of yq 4. */
export interface MigratedPath {
  readonly text: string
  /** The elements after `[+]`, which create the new item. */
  readonly newItem: readonly PathElement[] | undefined
  /** Keys that are literal in yq 3 but patterns in yq 4. */
  readonly patternKeys: readonly string[]
}

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/u

/** @param deletes whether it is the path of a delete, where `**` has another meaning */
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

/** Translates `**`. At the end of a path it matches every leaf for an update, and all children for a delete. */
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

/** A `*` at the end is a wildcard in both versions, `?` and other `*` only in yq 4. */
function isPatternInYq4(key: string): boolean {
  return /\?|\*(?!$)/u.test(key)
}

/** A string literal of yq 4. A backslash starts an escape, and before a parenthesis an interpolation. */
export function quoteText(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return `"${escaped}"`
}
