import { findTextProblem, isUtf16, type Position, positionAt } from '@overlay-render/system'
import { decodeText, type Node, readDocuments, YqFault } from '@overlay-render/yq'

import { ConfigsFault } from './configs-fault.ts'

/** A base config that Prow can load. */
export interface BaseConfig {
  readonly file: string
  readonly bytes: Uint8Array
  readonly text: string
  readonly root: Node
}

/**
 * Checks that a base config is one YAML document without duplicate keys. Comments, a byte order mark and CRLF line ends are
 * allowed.
 *
 * @param file its name in messages
 * @throws ConfigsFault `base-empty`, `base-invalid`, `base-many-documents` or `base-duplicate-key`
 */
export function readBaseConfig(bytes: Uint8Array, file: string): BaseConfig {
  const { text, documents } = parse(bytes, file)
  const [root, second] = documents
  const at = (position: Position | undefined): { position: Position; source: string } => ({
    position: position ?? { file, line: 1, column: 1 },
    source: text,
  })
  if (root === undefined || (root.kind === 'scalar' && root.value === '' && root.tag === '!!null')) {
    throw new ConfigsFault({
      code: 'base-empty',
      message: `the base config ${file} is empty`,
      ...at(undefined),
      hint: 'a base config is a YAML map; write {} for one without settings',
    })
  }
  if (second !== undefined) {
    throw new ConfigsFault({
      code: 'base-many-documents',
      message: `the base config ${file} has ${documents.length} documents, but Prow reads only one`,
      ...at(startOf(second, file, text)),
      hint: 'remove the other documents',
    })
  }
  const duplicate = findDuplicateKey(root)
  if (duplicate !== undefined) {
    const { first, again } = duplicate
    throw new ConfigsFault({
      code: 'base-duplicate-key',
      message: `duplicate key ${again.value} in a map of ${file}, first on line ${first.line}`,
      ...at(startOf(again, file, text)),
      hint: 'Prow uses the last one; remove the other',
    })
  }
  return { file, bytes, text, root }
}

function parse(bytes: Uint8Array, file: string): { text: string; documents: readonly Node[] } {
  if (isUtf16(bytes)) throw unfitBase(bytes, file)
  try {
    const text = decodeText(bytes)
    return { text, documents: readDocuments(text, { fileName: file }) }
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    throw (
      unfitBase(bytes, file) ??
      new ConfigsFault({
        code: 'base-invalid',
        message: `the base config ${file} is not valid YAML: ${error.sentence}`,
        position: error.position,
        source: error.source,
        hint: error.hint,
        cause: error,
      })
    )
  }
}

/** The fault for bytes that are not YAML text, or have conflict markers. */
function unfitBase(bytes: Uint8Array, file: string): ConfigsFault | undefined {
  const unfit = findTextProblem(bytes)
  if (unfit === undefined) return undefined
  const { problem, hint, line, column } = unfit
  const position = { file, line, column }
  return new ConfigsFault({ code: 'base-invalid', message: `the base config ${problem}`, position, hint })
}

function startOf(node: Node, file: string, text: string): Position | undefined {
  return node.start < 0 ? undefined : positionAt(file, text, node.start)
}

/** Finds a duplicate key of a map. Keys are compared as text, except merge keys, like in Prow's decoder. */
export function findDuplicateKey(root: Node): { first: Node; again: Node } | undefined {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'mapping') {
      const seen = new Map<string, Node>()
      for (let index = 0; index < node.content.length; index += 2) {
        const key = node.content[index]
        if (key === undefined || key.kind !== 'scalar' || key.tag === '!!merge') continue
        const first = seen.get(key.value)
        if (first !== undefined) return { first, again: key }
        seen.set(key.value, key)
      }
    }
    // Reversed, so that the first duplicate in reading order is found first.
    for (let index = node.content.length - 1; index >= 0; index--) {
      const child = node.content[index]
      if (child !== undefined) open.push(child)
    }
  }
  return undefined
}
