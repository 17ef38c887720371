import { type Resource } from '@overlay-render/golden'
import { nearestNames } from '@overlay-render/system'
import { compile, type Node, pathOf, readDocuments, rootOf, YqFault } from '@overlay-render/yq'

import { RenderFault } from '../render-fault.ts'
import { looksLikeFile, parts } from './source-documents.ts'
import { type Path, type Traced, tracedAt } from './traced-value.ts'

/**
 * The places that a yq path selects in a resource. A text that is a YAML file counts as its content, so that
 * `.data["config.yaml"].deck` continues inside the file.
 *
 * @throws RenderFault `path-invalid` for a path that does not parse or selects no place, `path-unknown` with the nearest names
 */
export function findValues({ text, id }: Resource, traced: Traced, given: string): Path[] {
  const written = fromReport(given)
  const path = written.startsWith('.') || written.startsWith('[') ? written : `.${written}`
  const [document] = readDocuments(text)
  if (document === undefined) throw new RangeError('a resource has no document')
  if (id.kind === 'ConfigMap') graftFiles(document)
  const found = select(document, path.startsWith('[') ? `.${path}` : path)
  const shown = `${id.kind} ${id.name}`
  const known = found.filter(
    (node) => rootOf(node) !== document || tracedAt(traced, pathOf(node)) !== undefined,
  )
  if (known.every((node) => isPlace(node, document))) {
    if (known.length > 0) return known.map((node) => pathOf(node))
    throw unknownPath(traced, found[0] === undefined ? [] : pathOf(found[0]), given, shown)
  }
  throw new RenderFault({
    code: 'path-invalid',
    message: `${given} makes a new value; a path to a field of ${shown} is expected`,
    hint: 'write a path such as .spec.template.spec.containers[0].image',
  })
}

/** An item of a list as reports name it, such as `[name=deck]` or `[containerPort=80,protocol=TCP]`. */
const ITEM = /\[((?:[A-Za-z][\w-]*=[^\],]*,?)+)\]/gu

/** A path of a report in yq's language: items by their fields, indices with a label, and ` > ` into a file. */
function fromReport(path: string): string {
  const conditions = (inner: string): string[] =>
    inner.split(',').map((pair) => {
      const [field = '', ...value] = pair.split('=')
      return `(.${field} | tostring) == ${JSON.stringify(value.join('='))}`
    })
  return path
    .replace(/(\[\d+\]) \([^()]*\)/gu, '$1')
    .replace(/ > (?!\[)\.?/gu, '.')
    .replace(/ > /gu, '')
    .replace(ITEM, (_, inner: string) => `[] | select(${conditions(inner).join(' and ')}) | `)
    .replace(/ \| $/u, '')
    .replace(/ \| \[/gu, ' | .[')
}

function select(document: Node, expression: string): readonly Node[] {
  try {
    return compile(expression, { file: 'path' }).run([document])
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    const { sentence, position, source } = error
    throw new RenderFault({
      code: 'path-invalid',
      message: `the path does not parse: ${sentence}`,
      position: position?.file === 'path' ? position : undefined,
      source,
      hint: 'write it in the language of yq, such as .spec.template.spec.containers[0].image',
      cause: error,
    })
  }
}

/** Whether a node is in the document, and not a value that the expression computed. */
function isPlace(node: Node, document: Node): boolean {
  return node === document || (rootOf(node) === document && node.parent?.content.includes(node) === true)
}

/** Replaces the text of each file in a ConfigMap by the tree of the file. */
function graftFiles(document: Node): void {
  const data = document.content.find(
    (_node, index) => index % 2 === 1 && document.content[index - 1]?.value === 'data',
  )
  if (data?.kind !== 'mapping') return
  for (let index = 1; index < data.content.length; index += 2) {
    const [key, value] = [data.content[index - 1], data.content[index]]
    if (key === undefined || value?.kind !== 'scalar' || !looksLikeFile(value.value)) continue
    const [file, second] = parts(value.value, key.value)
    if (file === undefined || second !== undefined || file.kind === 'scalar') continue
    file.parent = data
    file.key = key
    file.document = undefined
    data.content[index] = file
  }
}

function unknownPath(traced: Traced, place: Path, given: string, shown: string): RenderFault {
  let length = place.length
  while (length > 0 && tracedAt(traced, place.slice(0, length)) === undefined) length--
  const holder = tracedAt(traced, place.slice(0, length))
  const inner = holder?.kind === 'scalar' ? holder.file?.() : holder
  const names = inner?.kind === 'map' ? [...inner.entries.keys()] : []
  const missing = String(place[length] ?? '')
  const nearest = nearestNames(missing, names)
  const above = length === 0 ? 'the top' : formatPath(place.slice(0, length))
  const size = inner?.kind === 'list' ? `${above} has ${inner.items.length} items` : undefined
  return new RenderFault({
    code: 'path-unknown',
    message: `${shown} has no field ${given}`,
    details:
      names.length > 0 ? [`at ${above}: ${names.slice(0, 20).join(', ')}`] : size === undefined ? [] : [size],
    hint:
      nearest.length > 0
        ? `did you mean ${nearest.map((name) => formatPath([...place.slice(0, length), name])).join(' or ')}?`
        : undefined,
  })
}

const PLAIN_KEY = /^[A-Za-z_][\w-]*$/u

/** Formats a path in yq's language. */
export function formatPath(path: Path): string {
  const text = path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`
      return PLAIN_KEY.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
    })
    .join('')
  return text.startsWith('.') ? text : `.${text}`
}
