import { fromValue, type Node, printNode, Style } from '@overlay-render/yq'

const KINDS: Readonly<Record<Node['kind'], string>> = {
  scalar: 'ScalarNode',
  mapping: 'MappingNode',
  sequence: 'SequenceNode',
  alias: 'AliasNode',
}

const STYLES: readonly (readonly [bit: number, name: string])[] = [
  [Style.tagged, 'TaggedStyle'],
  [Style.double, 'DoubleQuotedStyle'],
  [Style.single, 'SingleQuotedStyle'],
  [Style.literal, 'LiteralStyle'],
  [Style.folded, 'FoldedStyle'],
  [Style.flow, 'FlowStyle'],
]

type NodeInfo = Record<string, unknown>

/** The output of `--debug-node-info` for a result: the fields of its nodes, as YAML. */
export function nodeInfoText(root: Node): string {
  const holder: NodeInfo[] = []
  const open: [Node, NodeInfo[]][] = [[root, holder]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, siblings] = next
    const content: NodeInfo[] = []
    siblings.push(infoOf(node, content))
    for (const child of node.content.toReversed()) open.push([child, content])
  }
  return `${printNode(fromValue(holder[0]), { indent: 4 })}\n`
}

/** Empty fields are left out. */
function infoOf(node: Node, content: readonly NodeInfo[]): NodeInfo {
  const style = STYLES.filter(([bit]) => (node.style & bit) !== 0).map(([, name]) => name)
  const fields: [name: string, value: unknown][] = [
    ['kind', KINDS[node.kind]],
    ['style', style.join(',')],
    ['anchor', node.anchor],
    ['tag', node.tag],
    ['headComment', node.headComment],
    ['lineComment', node.lineComment],
    ['footComment', node.footComment],
    ['value', node.value],
    ['line', node.line],
    ['column', node.column],
    ['content', node.content.length > 0 ? content : ''],
  ]
  return Object.fromEntries(fields.filter(([, value]) => value !== '' && value !== 0))
}
