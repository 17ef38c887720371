import { isMap, type Value, type ValueMap } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'
import { decodeText, fromValue, printNode, readDocuments } from '@overlay-render/yq'

import { AliasBudget } from '../decode/aliases.ts'
import { Origins } from '../decode/origins.ts'
import { plainValue } from '../decode/plain-value.ts'
import type { SourceFile } from '../decode/read-file.ts'
import { mapsOf, textOf } from '../jobs/repository.ts'
import { ProwFault } from '../prow-fault.ts'

/** The lists of a kubeconfig, and the field with the content of their entries. */
export const LISTS = [
  ['clusters', 'cluster'],
  ['users', 'user'],
  ['contexts', 'context'],
] as const

/** A kubeconfig. Its values hold credentials: only names may be shown. */
export interface Kubeconfig {
  readonly file: string
  readonly value: ValueMap
  readonly origins: Origins
}

/**
 * Reads a kubeconfig.
 *
 * @throws ProwFault `not-a-kubeconfig`; the message has no content of the file
 */
export function readKubeconfig({ path, bytes }: SourceFile): Kubeconfig {
  const origins = new Origins()
  const value = parse(path, bytes, origins)
  const looksRight =
    isMap(value) && (textOf(value, 'kind') === 'Config' || LISTS.some(([list]) => Array.isArray(value[list])))
  if (looksRight) return { file: path, value, origins }
  throw notKubeconfig(path, 'it has neither kind: Config nor clusters, users or contexts')
}

function parse(path: string, bytes: Uint8Array, origins: Origins): Value {
  try {
    const [root] = readDocuments(decodeText(bytes, path), { fileName: path, headerPreprocess: false })
    return root === undefined
      ? null
      : plainValue(root, { origins, report: () => {}, budget: new AliasBudget() })
  } catch {
    // The parser's error may quote a line with a token.
    throw notKubeconfig(path, 'it is not YAML')
  }
}

function notKubeconfig(path: string, why: string): ProwFault {
  return new ProwFault({
    code: 'not-a-kubeconfig',
    message: `${path} is not a kubeconfig: ${why}`,
    hint: 'name files that kubectl accepts as KUBECONFIG',
  })
}

/** An entry of a list of a kubeconfig. */
export interface KubeconfigEntry {
  readonly name: string
  readonly content: Value
  readonly position: Position
}

/** The entries of one list. */
export function entriesOfList(
  { file, value, origins }: Kubeconfig,
  list: string,
  field: string,
): KubeconfigEntry[] {
  return mapsOf(value, list).map((entry) => ({
    name: textOf(entry, 'name'),
    content: entry[field] ?? null,
    position: origins.positionOf(entry) ?? { file, line: 1, column: 1 },
  }))
}

/** The names of a kubeconfig's contexts. */
export function contextsOf(config: Kubeconfig): string[] {
  return entriesOfList(config, 'contexts', 'context').map(({ name }) => name)
}

/** A kubeconfig as YAML. */
export function printKubeconfig(value: ValueMap): string {
  return printNode(fromValue(value))
}
