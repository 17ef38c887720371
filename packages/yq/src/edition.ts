/**
 * The differences between the two versions of go-yaml: that of yq 4 (v4.0.0-rc.6) and that of yq 3.4.1 (v3, June 2020).
 */
export interface Edition {
  /** Whether a comment after `|` or `>` is kept. */
  readonly keepsHeaderComments: boolean
  /**
   * Whether foot comments follow the rules of June 2020: a node that ends on the first line has none, a comment below
   * `key:` may be one, and the end of a flow collection creates none.
   */
  readonly hasEarlyFootComments: boolean
  /** Whether anchors consist only of letters, digits, `_` and `-`. */
  readonly hasWordAnchors: boolean
  /** Whether `?` and `:` always have a meaning in flow collections. */
  readonly hasStrictFlow: boolean
  /** Whether `,`, `[` and `]` may be in a tag that is not in angle brackets. */
  readonly hasWideTags: boolean
  /** Whether a lone `!` is kept as the tag of its node; otherwise it is ignored. */
  readonly keepsLoneTag: boolean
  /** Whether `...` before the first document is skipped; otherwise it is an error. */
  readonly skipsLeadingEnds: boolean
  /** Matches characters that are not allowed in a text. */
  readonly invalidCharacter: RegExp
  /**
   * Whether the comments above and below a document are moved to its root and printed by yq 4's rules; otherwise they
   * are kept and printed like in go-yaml.
   */
  readonly joinsDocumentComments: boolean
  /**
   * Whether a key's line comment is printed right after the `:` even if a value follows, which then begins a new line.
   * The rest of that map is then indented by one more level, which is not valid YAML.
   */
  readonly putsKeyCommentsFirst: boolean
  /** Whether an alias as key is followed by a space before the `:`. */
  readonly spacesAliasKeys: boolean
  /** Whether `<<` is printed without its tag. */
  readonly infersMerge: boolean
  /** Whether a number's tag is left out unless its style is `tagged`, whatever the text is. */
  readonly infersNumbers: boolean
  /** Whether a block scalar that starts with a line break gets the digit of its indentation. */
  readonly hintsLeadingBreaks: boolean
}

export const YQ_4: Edition = {
  keepsHeaderComments: true,
  hasEarlyFootComments: false,
  hasWordAnchors: false,
  hasStrictFlow: false,
  hasWideTags: false,
  keepsLoneTag: true,
  skipsLeadingEnds: true,
  // eslint-disable-next-line no-control-regex -- the expression finds control characters
  invalidCharacter: /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/u,
  joinsDocumentComments: true,
  putsKeyCommentsFirst: false,
  spacesAliasKeys: true,
  infersMerge: true,
  infersNumbers: true,
  hintsLeadingBreaks: false,
}

export const YQ_3: Edition = {
  keepsHeaderComments: false,
  hasEarlyFootComments: true,
  hasWordAnchors: true,
  hasStrictFlow: true,
  hasWideTags: true,
  keepsLoneTag: false,
  skipsLeadingEnds: false,
  // eslint-disable-next-line no-control-regex -- the expression finds control characters
  invalidCharacter: /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/u,
  joinsDocumentComments: false,
  putsKeyCommentsFirst: true,
  spacesAliasKeys: false,
  infersMerge: false,
  infersNumbers: false,
  hintsLeadingBreaks: true,
}
