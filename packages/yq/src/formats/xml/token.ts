export interface XmlName {
  /** The prefix; in the tokens of `xmlElements`, its namespace. */
  space: string
  local: string
}

export interface XmlAttribute {
  readonly name: XmlName
  readonly value: string
}

export type XmlToken =
  | { readonly kind: 'start'; readonly name: XmlName; readonly attributes: readonly XmlAttribute[] }
  /** `offset` is where the tag ends in the text. */
  | { readonly kind: 'end'; readonly name: XmlName; readonly offset: number }
  | { readonly kind: 'text' | 'comment' | 'directive'; readonly text: string }
  | { readonly kind: 'instruction'; readonly target: string; readonly text: string }
