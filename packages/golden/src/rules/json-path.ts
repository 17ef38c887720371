import type { Position } from '@overlay-render/system'
import { JSONPath } from 'jsonpath-plus'

import { GoldenFault } from '../golden-fault.ts'
import type { Value } from '../resources/value.ts'

/** One place that a JSONPath found: the map or list that holds it and the key or index in it. */
export interface Place {
  readonly value: Value
  /** Undefined for the root. */
  readonly parent: Value | undefined
  readonly key: string | number | undefined
}

/**
 * Finds what a JSONPath selects. Filters run in the library's own evaluator, which has no access to
 * JavaScript's objects, never as JavaScript.
 *
 * @throws GoldenFault `rule-failed`
 */
export function findPlaces(path: string, root: Value, position?: Position): Place[] {
  let found: unknown
  try {
    found = JSONPath({
      path,
      json: wrapScalar(root),
      eval: 'safe',
      resultType: 'all',
      wrap: true,
      // A filter looks at every item, also at those that lack the member it asks for.
      ignoreEvalErrors: true,
    })
  } catch (error) {
    throw new GoldenFault({
      code: 'rule-failed',
      message: `the JSONPath ${path} cannot be evaluated`,
      position,
      hint: error instanceof RangeError ? 'the document is nested too deeply for this path' : undefined,
      cause: error,
    })
  }
  return Array.isArray(found) ? found.map(toPlace) : []
}

function wrapScalar(root: Value): object {
  return typeof root === 'object' && root !== null ? root : [root]
}

/** What jsonpath-plus gives for `resultType: 'all'`. */
interface Found {
  readonly value: Value
  readonly parent: Value | null
  /** The index of an item is a text where the path names it, and a number where a wildcard found it. */
  readonly parentProperty: string | number | null
}

function toPlace({ value, parent, parentProperty }: Found): Place {
  const key = Array.isArray(parent) ? Number(parentProperty) : parentProperty
  return { value, parent: parent ?? undefined, key: key ?? undefined }
}

/** A path's parts, each anchored where the last one ended. */
const PARTS: readonly RegExp[] = [
  /\.{1,2}(?:\*|[\p{L}_][\p{L}\p{N}_-]*)/uy,
  /(?:\.\.)?\[(?:\*|-?\d+|-?\d*:-?\d*(?::-?\d+)?|\d+(?:\s*,\s*\d+)+)\]/uy,
  /(?:\.\.)?\[(?:'[^'\\\]]*'|"[^"\\\]]*")(?:\s*,\s*(?:'[^'\\\]]*'|"[^"\\\]]*"))*\]/uy,
]
const FILTER_START = /(?:\.\.)?\[\?\(/uy

/**
 * Checks the form of a JSONPath: jsonpath-plus itself takes any text and finds nothing.
 *
 * @throws GoldenFault `rule-invalid`, with a caret's column in `path` as detail
 */
export function checkJsonPath(path: string, position?: Position): void {
  if (!path.startsWith('$')) throw invalidPath(path, 0, 'it does not start with $', position)
  let at = 1
  while (at < path.length) {
    const end = partEnd(path, at)
    if (end === undefined) throw invalidPath(path, at, 'this is no part of a JSONPath', position)
    at = end
  }
}

function partEnd(path: string, at: number): number | undefined {
  for (const part of PARTS) {
    part.lastIndex = at
    if (part.test(path)) return part.lastIndex
  }
  FILTER_START.lastIndex = at
  return FILTER_START.test(path) ? filterEnd(path, FILTER_START.lastIndex) : undefined
}

/** The offset behind `)]` of a filter whose expression parses. */
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
    // One item makes the evaluator parse the expression; what it evaluates to does not matter.
    JSONPath({ path: probe, json: [{}], eval: 'safe', wrap: true })
    return true
  } catch (error) {
    // Parsing is reported by jsep, which adds an index; a missing member fails later, while evaluating.
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
