import { Fault } from '@overlay-render/system'
import { type Node, readDocuments, readPlainValue, resolveTag, scalarValue, Style } from '@overlay-render/yq'

import { nodeValue, InvalidTree } from './node-value.ts'
import type { Value } from './value.ts'
import { scalarValue11 } from './yaml-1-1.ts'

/** The position and the reason why a text is not YAML, or has no plain value. */
export interface YamlProblem {
  /** 1-based, within the text. */
  readonly line: number
  readonly column: number
  /** May quote the text: show it only for documents without secrets. */
  readonly message: string
}

export type ParsedYaml =
  | { readonly ok: true; readonly documents: Value[] }
  | { readonly ok: false; readonly problem: YamlProblem }

/** Parses every document of a manifest to plain values. Never throws because of the text. */
export function parseYaml(text: string): ParsedYaml {
  return parse(text, scalarValue)
}

/** Like `parseYaml`, with the scalars of YAML 1.1, for files embedded in a manifest. */
export function parseYaml11(text: string): ParsedYaml {
  return parse(text, scalarValue11)
}

type ScalarReader = (scalar: Pick<Node, 'tag' | 'value' | 'style'>) => Value

function parse(text: string, scalar: ScalarReader): ParsedYaml {
  const plain = readPlainValue(text, (value, style) =>
    scalar({ tag: style === Style.plain ? resolveTag(value) : '!!str', value, style }),
  )
  return plain === undefined ? parseNodes(text, scalar) : { ok: true, documents: [plain] }
}

/** For the rare text that needs nodes: several documents, aliases, tags, or a mistake whose position is shown. */
function parseNodes(text: string, scalar: ScalarReader): ParsedYaml {
  try {
    const documents = readDocuments(text, { headerPreprocess: false, needsComments: false })
    const valueOf = (node: Node): Value =>
      BINARY.has(node.tag) ? Buffer.from(node.value, 'base64').toString('utf8') : scalar(node)
    return { ok: true, documents: documents.map((document) => nodeValue(document, valueOf)) }
  } catch (error) {
    return { ok: false, problem: problemOf(error) }
  }
}

/** Tags of base64 values, which kustomize and kubectl decode, even for `kind`. */
const BINARY: ReadonlySet<string> = new Set(['!!binary', 'tag:yaml.org,2002:binary'])

function problemOf(error: unknown): YamlProblem {
  if (error instanceof InvalidTree) {
    return { line: error.node.line, column: error.node.column, message: error.message }
  }
  if (!(error instanceof Fault) || error.blame !== 'input') throw error
  return { line: error.position?.line ?? 1, column: error.position?.column ?? 1, message: error.sentence }
}
