import { appendContent } from '../tree/children.ts'
import type { Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'

export interface UpdateRules {
  /** Whether the target keeps its anchor. */
  readonly keepAnchor: boolean
  /** Whether a target that is not null is unchanged. */
  readonly onlyNull: boolean
  /** Whether the source's tag replaces even a custom tag. */
  readonly clobberTags: boolean
}

/**
 * Copies `source` into `target`, like yq's assignment. `target` keeps its identity and position, and its style and
 * comments unless the source has its own.
 */
export function updateNode(target: Node, source: Node, rules: UpdateRules): void {
  if (target === source) return
  const isEmptyCollection = target.kind !== 'scalar' && target.content.length === 0
  if (isEmptyCollection || realTag(target) !== realTag(source)) target.style = source.style
  target.content = []
  target.kind = source.kind
  // If the target is inside of the source, its copy contains what has been copied so far.
  appendContent(target, source.content.slice())
  target.value = source.value
  updateAttributes(target, source, rules)
}

/** Like `updateNode`, without content and value. */
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
