/**
 * What differs between the two go-yaml that are followed: that of yq 4 (v4.0.0-rc.6) and that of yq 3.4.1
 * (v3, June 2020).
 */
export interface Edition {
  /** Whether a comment after `|` or `>` is kept. */
  readonly keepsHeaderComments: boolean
  /**
   * Whether the rules for feet are those of June 2020: nothing is a foot of what ends in the first line, a
   * comment under `key:` may be one, and the end of a flow collection makes none.
   */
  readonly hasEarlyFeet: boolean
  /** Whether an anchor is made of letters, digits, `_` and `-` alone. */
  readonly hasWordAnchors: boolean
  /** Whether `?` and `:` always have a meaning in flow collections. */
  readonly hasStrictFlow: boolean
  /** Whether `,`, `[` and `]` may be in a tag that is not in angle brackets. */
  readonly hasWideTags: boolean
  /** Whether the lone `!` stays the tag of its node; else it means nothing. */
  readonly keepsLoneTag: boolean
  /** Whether `...` in front of the first document is passed; else it is an error. */
  readonly passesLeadingEnds: boolean
  /** A character that a text may not have. */
  readonly refused: RegExp
  /**
   * Whether the comments above and below a document are put to those of its root, as yq 4 does, and printed
   * by its rules; else they are kept and printed as go-yaml does.
   */
  readonly joinsDocumentComments: boolean
  /**
   * Whether a key's line comment is printed right after the `:` even when a value follows, which then begins
   * a line of its own. All that follows in that map is then indented once more, which is not valid YAML.
   */
  readonly putsKeyCommentsFirst: boolean
  /** Whether an alias that is a key has a blank before its `:`. */
  readonly spacesAliasKeys: boolean
  /** Whether `<<` is printed without its tag. */
  readonly infersMerge: boolean
  /** Whether a number's tag without the style for tags is left out, whatever the text is. */
  readonly infersNumbers: boolean
  /** Whether a block scalar that starts with a line break gets the digit of its indentation. */
  readonly hintsLeadingBreaks: boolean
}

export const YQ_4: Edition = {
  keepsHeaderComments: true,
  hasEarlyFeet: false,
  hasWordAnchors: false,
  hasStrictFlow: false,
  hasWideTags: false,
  keepsLoneTag: true,
  passesLeadingEnds: true,
  refused: /(?![\t\n\r\x7f-\x9f])[\p{Cc}\ufffe\uffff]/u,
  joinsDocumentComments: true,
  putsKeyCommentsFirst: false,
  spacesAliasKeys: true,
  infersMerge: true,
  infersNumbers: true,
  hintsLeadingBreaks: false,
}

export const YQ_3: Edition = {
  keepsHeaderComments: false,
  hasEarlyFeet: true,
  hasWordAnchors: true,
  hasStrictFlow: true,
  hasWideTags: true,
  keepsLoneTag: false,
  passesLeadingEnds: false,
  refused: /(?![\t\n\r\x85])[\p{Cc}\ufffe\uffff]/u,
  joinsDocumentComments: false,
  putsKeyCommentsFirst: true,
  spacesAliasKeys: false,
  infersMerge: false,
  infersNumbers: false,
  hintsLeadingBreaks: true,
}
