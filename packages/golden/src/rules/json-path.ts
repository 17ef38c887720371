import { type Position, SystemFault, withinTime } from '@overlay-render/system'
import { JSONPath } from 'jsonpath-plus'

import { GoldenFault } from '../golden-fault.ts'
import { isList, isMap, member, type Value } from '../resources/value.ts'

/** A match of a JSONPath: the value, its parent, and its key or index. */
export interface Place {
  readonly value: Value
  /** Undefined for the root. */
  readonly parent: Value | undefined
  readonly key: string | number | undefined
}

/**
 * Finds the matches of a JSONPath, without duplicates. The path is evaluated part by part, so that `..` visits every
 * value once. Filters run in the library's safe evaluator, never as JavaScript.
 *
 * @throws GoldenFault `rule-failed`
 */
export function findPlaces(path: string, root: Value, position?: Position): Place[] {
  let places: readonly Place[] = [{ value: root, parent: undefined, key: undefined }]
  for (let at = 1; at < path.length && places.length > 0;) {
    const end = partEnd(path, at) ?? path.length
    const part = path.slice(at, end)
    const from = part.startsWith('..') ? withDescendants(places) : places
    const select = plainSelect(part)
    const found =
      select === undefined
        ? selectByLibrary(path, part, from, position)
        : from.flatMap(({ value }) => select(value))
    places = eachOnce(found)
    at = end
  }
  return [...places]
}

/** Within a function, as V8 takes long to make the expression, and few runs have rules. */
const plainPart = (): RegExp =>
  /^(?:\.{1,2}|(?:\.\.)?\[)(?:(\*)|([\p{L}_][\p{L}\p{N}_-]*)|'([^'\\\]]*)'|"([^"\\\]]*)")\]?$/u

/** The selection function of a name or a wildcard; undefined for other parts. */
function plainSelect(part: string): ((value: Value) => Place[]) | undefined {
  const [whole, wildcard, word, single, double] = plainPart().exec(part) ?? []
  const name = word ?? single ?? double
  if (wildcard !== undefined) return members
  if (whole === undefined || name === undefined) return undefined
  return (value) => {
    const found = member(value, name)
    return found === undefined ? [] : [{ value: found, parent: value, key: name }]
  }
}

function members(parent: Value): Place[] {
  if (isList(parent)) return parent.map((value, key) => ({ value, parent, key }))
  return isMap(parent) ? Object.entries(parent).map(([key, value]) => ({ value, parent, key })) : []
}

function withDescendants(places: readonly Place[]): Place[] {
  const all: Place[] = []
  const seen = new Set<Value>()
  const pending = places.toReversed()
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    if (!isList(place.value) && !isMap(place.value)) continue
    if (seen.has(place.value)) continue
    seen.add(place.value)
    all.push(place)
    for (const below of members(place.value).toReversed()) pending.push(below)
  }
  return all
}

function eachOnce(places: readonly Place[]): Place[] {
  const seen = new Map<Value | undefined, Set<string>>()
  return places.filter(({ parent, key }) => {
    const keys = seen.get(parent) ?? new Set()
    seen.set(parent, keys)
    const known = keys.has(String(key))
    keys.add(String(key))
    return !known
  })
}

/** Milliseconds for one part of a path: a regular expression in a filter can backtrack without end. */
const TIMEOUT = 4000

/** Evaluates slices, unions and filters. */
function selectByLibrary(
  path: string,
  part: string,
  from: readonly Place[],
  position: Position | undefined,
): Place[] {
  const select = (): Place[] => {
    const found: Place[] = []
    for (const { value } of from) {
      if (isList(value) || isMap(value)) found.push(...evaluate(`$${part.replace(/^\.\./u, '')}`, value))
    }
    return found
  }
  try {
    return withinTime(`the JSONPath ${path}`, TIMEOUT, select)
  } catch (error) {
    const tooLong = error instanceof SystemFault && error.code === 'timed-out'
    throw new GoldenFault({
      code: 'rule-failed',
      message: tooLong ? error.sentence : `the JSONPath ${path} cannot be evaluated`,
      position,
      hint: tooLong ? 'use a simpler filter' : undefined,
      cause: error,
    })
  }
}

function evaluate(path: string, json: object): Place[] {
  const found: unknown = JSONPath({
    path,
    json,
    eval: 'safe',
    resultType: 'all',
    wrap: true,
    // A filter visits every item, including those without the member that it reads.
    ignoreEvalErrors: true,
  })
  return Array.isArray(found) ? found.map(toPlace) : []
}

/** A result of jsonpath-plus for `resultType: 'all'`. */
interface Found {
  readonly value: Value
  readonly parent: Value | null
  /** An index is a string if the path has it, and a number if a wildcard matched it. */
  readonly parentProperty: string | number | null
}

function toPlace({ value, parent, parentProperty }: Found): Place {
  const key = Array.isArray(parent) ? Number(parentProperty) : parentProperty
  return { value, parent: parent ?? undefined, key: key ?? undefined }
}

/** The forms of a path's parts; sticky, to match where the previous part ended. */
const parts = (): readonly RegExp[] => [
  /\.{1,2}(?:\*|[\p{L}_][\p{L}\p{N}_-]*)/uy,
  /(?:\.\.)?\[(?:\*|-?\d+|-?\d*:-?\d*(?::-?\d+)?|\d+(?:\s*,\s*\d+)+)\]/uy,
  /(?:\.\.)?\[(?:'[^'\\\]]*'|"[^"\\\]]*")(?:\s*,\s*(?:'[^'\\\]]*'|"[^"\\\]]*"))*\]/uy,
]
const FILTER_START = /(?:\.\.)?\[\?\(/uy

/**
 * Checks the syntax of a JSONPath, because jsonpath-plus accepts any string and then finds nothing.
 *
 * @throws GoldenFault `rule-invalid`, with a caret below the error as detail
 */
export function checkJsonPath(path: string, position?: Position): void {
  if (!path.startsWith('$')) throw invalidPath(path, 0, 'it does not start with $', position)
  let at = 1
  while (at < path.length) {
    const end = partEnd(path, at)
    if (end === undefined) throw invalidPath(path, at, 'this is not a part of a JSONPath', position)
    at = end
  }
}

function partEnd(path: string, at: number): number | undefined {
  for (const part of parts()) {
    part.lastIndex = at
    if (part.test(path)) return part.lastIndex
  }
  FILTER_START.lastIndex = at
  return FILTER_START.test(path) ? filterEnd(path, FILTER_START.lastIndex) : undefined
}

/** The offset after `)]` of a filter whose expression parses. */
function filterEnd(path: string, start: number): number | undefined {
  const quoted = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)+\//uy
  let depth = 1
  for (let at = start; at < path.length; at++) {
    quoted.lastIndex = at
    if (quoted.test(path)) at = quoted.lastIndex - 1
    else if (path[at] === '(') depth++
    else if (path[at] === ')' && --depth === 0) {
      return path[at + 1] === ']' && filterParses(path.slice(start, at)) ? at + 2 : undefined
    }
  }
  return undefined
}

function filterParses(expression: string): boolean {
  const probe = `$[?(${expression})]`
  try {
    // The evaluator parses the expression for the one item; the result does not matter.
    JSONPath({ path: probe, json: [{}], eval: 'safe', wrap: true })
    return true
  } catch (error) {
    // jsep's syntax errors have an index; a missing member fails later, during evaluation.
    return !(error instanceof Error && /at character \d+/u.test(error.message))
  }
}

function invalidPath(path: string, at: number, reason: string, position: Position | undefined): GoldenFault {
  return new GoldenFault({
    code: 'rule-invalid',
    message: `${JSON.stringify(path)} is not a JSONPath: ${reason} at character ${at + 1}`,
    position,
    details: [path, `${' '.repeat(at)}^`],
  })
}
