import { type Position, positionAt, type Tree } from '@overlay-render/system'

import type { InputGraph } from '../graph/input-graph.ts'
import { fieldOf, textOf } from '../graph/value-fields.ts'
import { readDocuments, type Value } from '../graph/yaml-value.ts'

/** The text of a patch, and its source. */
export interface PatchSource {
  readonly text: string
  /** Undefined for an inline patch. */
  readonly file: { readonly real: string; readonly shown: string } | undefined
  /** JSON Patch operations, or objects that are merged. */
  readonly form: 'operations' | 'objects'
  /** The operations, or the objects. */
  readonly values: readonly Value[]
  /** The position of an offset in `text`; for a quoted inline patch, the scalar's start. */
  readonly locate: (offset: number) => Position
}

export interface PatchContext {
  /** The real path of the root. */
  readonly path: string
  readonly graph: InputGraph
  readonly tree: Tree
  /** The text of the kustomization. */
  readonly text: string
  readonly locate: (offset: number) => Position
}

/** The patches of an entry: one, or one for each object of its file. */
export function readPatches(entry: Value, context: PatchContext): PatchSource[] {
  const source = sourceOf(entry, context)
  const documents = [...readDocuments(source.text)].map(({ value }) => value)
  const [first] = documents
  if (first?.kind === 'list') return [{ ...source, form: 'operations', values: first.items() }]
  const objects = documents.filter(({ kind }) => kind === 'map')
  return [{ ...source, form: 'objects', values: objects }]
}

function sourceOf(
  entry: Value,
  { path, graph, tree, text, locate }: PatchContext,
): Pick<PatchSource, 'text' | 'file' | 'locate'> {
  const inline = entry.kind === 'map' ? fieldOf(entry, 'patch') : entry
  const written = textOf(fieldOf(entry, 'path')) || textOf(inline)
  const named = graph.files.find(
    (file) => file.root === path && file.role === 'patch' && file.written === written,
  )
  if (named !== undefined) {
    const { real, shown } = named
    const content = Buffer.from(tree.view.readFile(real)).toString('utf8')
    return { text: content, file: { real, shown }, locate: (at) => positionAt(shown, content, at) }
  }
  const inner = textOf(inline)
  return {
    text: inner,
    file: undefined,
    locate: makeInlineLocator(inner, inline?.at ?? entry.at, text, locate),
  }
}

/** Maps offsets in a block scalar to positions in the kustomization. */
function makeInlineLocator(
  inner: string,
  at: number,
  text: string,
  locate: (offset: number) => Position,
): (offset: number) => Position {
  const start = locate(at)
  const isBlock = /^(?:&\S+\s+)?[|>]/u.test(text.slice(at, at + 200))
  if (!isBlock) return () => start
  const below = text.slice(text.indexOf('\n', at) + 1)
  const indent = /^(?:[ \t]*\n)*( *)/u.exec(below)?.[1]?.length ?? 0
  return (offset) => {
    const { line, column } = positionAt(start.file, inner, offset)
    return { file: start.file, line: start.line + line, column: indent + column }
  }
}
