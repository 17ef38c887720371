import type { Node } from '@overlay-render/yq'

/** A map key or a list index. */
export type Step = string | number

/** The node at a path; undefined when there is none. */
export function nodeAt(root: Node, path: readonly Step[]): Node | undefined {
  let node: Node | undefined = root
  for (const step of path) {
    node = node?.kind === 'alias' ? node.alias : node
    if (node?.kind === 'mapping') {
      const key = node.content.findIndex((item, place) => place % 2 === 0 && item.value === String(step))
      node = key < 0 ? undefined : node.content[key + 1]
    } else node = node?.kind === 'sequence' && typeof step === 'number' ? node.content[step] : undefined
  }
  return node
}

/** Formats a path, such as `presets[2].labels`. */
export function formatPath(path: readonly Step[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`
      if (!/^[\w-]+$/u.test(step)) return `["${step}"]`
      return index === 0 ? step : `.${step}`
    })
    .join('')
}
