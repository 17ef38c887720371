import { isScalar, type Node, parseAllDocuments, visit } from 'yaml'

/** A reference to a remote in the text of a kustomization, and its replacement. */
export interface Redirect {
  /** The offset of the reference in the text. */
  readonly at: number
  /** The remote as written. */
  readonly remote: string
  readonly path: string
  /** The default key of the file in a generator, if its entry has none. */
  readonly key: string | undefined
}

/** URLs that need no quotes in YAML. */
const PLAIN_URL = /^(?:[\w.-]+=)?https:\/\/[\w./:@%?&=+~-]+(?<!:)$/u

/** Replaces references to remotes with their copies. All other bytes are unchanged. */
export function redirectReferences(text: string, redirects: readonly Redirect[]): string {
  const scalars = listScalars(text)
  let made = text
  const edits = redirects.flatMap(({ at, path, key }) => {
    const scalar = scalars.find(({ start, end }) => start <= at && at < end)
    if (scalar === undefined) return []
    const equals = scalar.value.search(/=https?:/iu)
    const prefix = equals >= 0 ? scalar.value.slice(0, equals + 1) : key === undefined ? '' : `${key}=`
    const isPlain = text.slice(scalar.start, scalar.end) === scalar.value && PLAIN_URL.test(prefix + path)
    const written = isPlain ? prefix + path : JSON.stringify(prefix + path)
    return [{ start: scalar.start, end: scalar.end, written }]
  })
  const unique = new Map(edits.map((edit) => [edit.start, edit]))
  for (const { start, end, written } of [...unique.values()].sort((a, b) => b.start - a.start)) {
    made = made.slice(0, start) + written + made.slice(end)
  }
  return made
}

function listScalars(text: string): { start: number; end: number; value: string }[] {
  const found: { start: number; end: number; value: string }[] = []
  for (const document of parseAllDocuments(text, { schema: 'failsafe', strict: false, uniqueKeys: false })) {
    if (!('contents' in document)) continue
    visit(document, {
      Scalar(_key, node: Node) {
        if (!isScalar(node) || node.range == null) return
        found.push({ start: node.range[0], end: node.range[1], value: String(node.value) })
      },
    })
  }
  return found
}
