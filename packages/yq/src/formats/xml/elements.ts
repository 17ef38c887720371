import type { XmlName, XmlToken } from './token.ts'
import { xmlFault, xmlTokens } from './tokens.ts'

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'

type EndToken = Extract<XmlToken, { readonly kind: 'end' }>

interface OpenElement {
  readonly name: XmlName
  /** Prefixes that this element declares. */
  readonly namespaces: ReadonlyMap<string, string>
}

/**
 * The tokens of Go's `Decoder.Token`, for `--xml-raw-token=false`: prefixes are replaced by their namespaces, and end
 * tags must match start tags. A wrong end tag closes the open element, or is an error when `strict`.
 */
export function* xmlElements(text: string, strict: boolean): Generator<XmlToken> {
  const open: OpenElement[] = []
  for (const token of xmlTokens(text, strict)) {
    if (token.kind === 'start') {
      const namespaces = new Map<string, string>()
      for (const { name, value } of token.attributes) {
        if (name.space === 'xmlns') namespaces.set(name.local, value)
        else if (name.space === '' && name.local === 'xmlns') namespaces.set('', value)
      }
      open.push({ name: token.name, namespaces })
      yield {
        kind: 'start',
        name: resolve(token.name, open, true),
        attributes: token.attributes.map(({ name, value }) => ({ name: resolve(name, open, false), value })),
      }
    } else if (token.kind === 'end') {
      yield* closing(token, open, (sentence) => xmlFault(sentence, text, token.offset), strict)
    } else yield token
  }
  if (open.length > 0) throw xmlFault('unexpected EOF', text, text.length)
}

function* closing(
  { name, offset }: EndToken,
  open: OpenElement[],
  fault: (sentence: string) => Error,
  strict: boolean,
): Generator<XmlToken> {
  for (;;) {
    const element = open.at(-1)
    if (element === undefined) throw fault(`unexpected end element </${name.local}>`)
    const closed = resolve(element.name, open, true)
    open.pop()
    if (element.name.local === name.local) {
      yield { kind: 'end', name: closed, offset }
      return
    }
    if (strict) throw fault(`element <${element.name.local}> closed by </${name.local}>`)
    yield { kind: 'end', name: closed, offset }
  }
}

/** An attribute without a prefix has no namespace; an element without one has the default namespace. */
function resolve(name: XmlName, open: readonly OpenElement[], isElement: boolean): XmlName {
  if (name.space === 'xmlns' || (name.space === '' && (!isElement || name.local === 'xmlns'))) return name
  if (name.space === 'xml') return { ...name, space: XML_NAMESPACE }
  const declaring = open.findLast(({ namespaces }) => namespaces.has(name.space))
  return { ...name, space: declaring?.namespaces.get(name.space) ?? name.space }
}
