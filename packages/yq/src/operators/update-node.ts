import { appendContent } from '../tree/children.ts'
import type { Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'

export interface UpdateRules {
  /** The target's anchor stays, whatever the source's is. */
  readonly keepAnchor: boolean
  /** A target that is not null stays as it is. */
  readonly onlyNull: boolean
  /** The source's tag replaces even a custom tag. */
  readonly clobberTags: boolean
}

/**
 * Lays a copy of `source` into `target`, which stays the same node, with its place, and with the style and
 * comments that the source does not bring. That is what yq's assignment does.
 */
export function updateNode(target: Node, source: Node, rules: UpdateRules): void {
  if (target === source) return
  const isEmptyCollection = target.kind !== 'scalar' && target.content.length === 0
  if (isEmptyCollection || realTag(target) !== realTag(source)) target.style = source.style
  target.content = []
  target.kind = source.kind
  // When the target lies inside the source, the copy of it holds what was laid in so far.
  appendContent(target, source.content.slice())
  target.value = source.value
  updateAttributes(target, source, rules)
}

/** As `updateNode` for everything but content and value. */
export function updateAttributes(target: Node, source: Node, rules: UpdateRules): void {
  if (target.kind !== source.kind) {
    target.content = []
    target.value = ''
  }
  target.kind = source.kind
  if (rules.clobberTags || target.tag === '' || target.tag.startsWith('!!')) target.tag = source.tag
  target.alias = source.alias
  if (!rules.keepAnchor) target.anchor = source.anchor
  target.isInlineTable = source.isInlineTable
  if (target.style === 0) target.style = source.style
  if (source.footComment !== '') target.footComment = source.footComment
  if (source.headComment !== '') target.headComment = source.headComment
  if (source.lineComment !== '') target.lineComment = source.lineComment
}
