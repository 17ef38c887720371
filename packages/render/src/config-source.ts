import { findTextProblem, nearestNames, type Position, positionAt } from '@overlay-render/system'
import type * as v from 'valibot'
import { isMap, isNode, isPair, isSeq, LineCounter, parseDocument, type Document } from 'yaml'

import { workspaceConfigSchema } from './config-schema.ts'
import { describeForms, describeIssue, hintForMissing, showPath } from './config-issue.ts'
import { MAX_VALUES, markInherited, unfoldedSize, unmarkKey } from './config-values.ts'
import { RenderFault } from './render-fault.ts'
import { findList, knownKeys } from './schema-keys.ts'

type Issue = v.InferIssue<typeof workspaceConfigSchema>

/** The text of the file and its syntax tree, to report positions in it. */
export class ConfigSource {
  readonly value: unknown
  readonly #file: string
  readonly #text: string
  readonly #document: Document.Parsed
  readonly #lines = new LineCounter()

  constructor(file: string, text: string) {
    this.#file = file
    this.#text = text
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      // `<<` merges another map, as in kustomizations.
      merge: true,
    })
    const fault = this.#document.errors[0]
    // The parser accepts a NUL as text, but it is always a mistake.
    const unfit = fault === undefined && !text.includes('\0') ? undefined : findTextProblem(Buffer.from(text))
    if (unfit !== undefined) {
      const { problem, hint, line, column } = unfit
      throw this.#fault({ file, line, column }, `${file} ${problem}`, hint)
    }
    if (fault !== undefined) {
      throw this.#fault(
        positionAt(file, text, fault.pos[0]),
        `${file} is not valid YAML: ${firstSentence(fault.message)}`,
      )
    }
    if (unfoldedSize(this.#document) > MAX_VALUES) {
      throw this.#fault(
        { file, line: 1, column: 1 },
        `${file} expands to more than ${MAX_VALUES} values, or an alias contains itself`,
        'write out what its aliases repeat, or repeat less',
      )
    }
    // The expanded size was checked above, so aliases need no limit here.
    this.value = markInherited(this.#document.toJS({ maxAliasCount: -1 }) ?? {})
    if (this.#document.contents !== null && !isMap(this.#document.contents)) {
      throw this.#fault(
        { file, line: 1, column: 1 },
        `${file} must be a map of settings`,
        'start the file with version: 1',
      )
    }
  }

  /** The position of the node at `path`, or of its nearest existing ancestor. */
  positionOf(path: readonly PropertyKey[]): Position {
    let node: unknown = this.#document.contents
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isPair(item) && String(item.key) === unmarkKey(String(step)))
        if (pair === undefined) break
        if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
        node = pair.value
      } else if (isSeq(node)) {
        node = node.items[Number(step)]
        if (isNode(node)) offset = node.range?.[0] ?? offset
      } else break
    }
    return positionAt(this.#file, this.#text, offset)
  }

  /**
   * Refuses a list where the schema expects a map. valibot would accept it as a map without keys. @throws RenderFault
   * `workspace-config-invalid`
   */
  refuseLists(schema: unknown): void {
    const path = findList(schema, this.value, [])
    if (path === undefined) return
    throw this.#fault(
      this.positionOf(path),
      `${showPath(path)} must be a map, not a list`,
      'write name: value, without a dash',
    )
  }

  /** The fault for an issue that valibot found, at its position. */
  faultOf(issue: Issue, above: readonly PropertyKey[] = []): RenderFault {
    const path = [...above, ...(issue.path ?? []).map((item) => item.key as PropertyKey)]
    const shown = showPath(path)
    const position = this.positionOf(path)
    if (issue.type === 'strict_object' && issue.expected === 'never') {
      const key = unmarkKey(String(path.at(-1)))
      const near = nearestNames(key, knownKeys(path.slice(0, -1)))[0]
      const hint =
        near === undefined
          ? `the keys known here are ${knownKeys(path.slice(0, -1)).join(', ')}`
          : `did you mean ${near}?`
      return this.#fault(position, `unknown key ${shown} in ${this.#file}`, hint)
    }
    if (issue.type === 'union' && issue.issues !== undefined) {
      const inner = Array.isArray(issue.input) ? undefined : innerIssue(issue.issues, knownKeys(path))
      if (inner !== undefined) return this.faultOf(inner, path)
      const { sentence, hint } = describeForms(path, issue.input)
      return this.#fault(position, sentence, hint)
    }
    if (issue.type === 'strict_object' && issue.received === 'undefined') {
      const { input } = issue.path?.at(-1) ?? {}
      const written = typeof input === 'object' && input !== null ? Object.keys(input) : []
      return this.#fault(position, `${shown} is missing`, hintForMissing(path, written))
    }
    const { sentence, hint } = describeIssue(path, issue)
    return this.#fault(position, sentence, hint)
  }

  #fault(position: Position, message: string, hint?: string): RenderFault {
    return new RenderFault({ code: 'workspace-config-invalid', message, position, source: this.#text, hint })
  }
}

/** Of the issues of all forms of a setting, the one within the form that is meant, if that is clear. */
function innerIssue(issues: readonly Issue[], known: readonly string[]): Issue | undefined {
  const within = issues.filter(({ path }) => path !== undefined)
  return within.find(({ path, expected, received }) => {
    // A key of one form is unknown to another.
    if (expected === 'never') return !known.includes(String(path?.[0]?.key))
    return received !== 'undefined'
  })
}

function firstSentence(message: string): string {
  return lowerFirst(message.split('\n')[0] ?? message)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
