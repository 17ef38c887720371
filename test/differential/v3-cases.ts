import { type Node, YqFault } from '@overlay-render/yq'

import { YQ_3 } from '../../packages/yq/src/edition.ts'
import { iterateDocuments } from '../../packages/yq/src/reader/read.ts'
import { randomDocument } from './documents.ts'
import { chance, type Draw, list, pick } from './draw.ts'

type Step = string | number

/** A random document, and a yq 3 script whose commands all name existing nodes. */
export interface V3Case {
  readonly document: string
  readonly script: string
  /** The target path of each command in the script. */
  readonly places: readonly (readonly Step[])[]
}

const VALUES = [
  'x',
  '1',
  '"q"',
  "'s'",
  'true',
  'null',
  '~',
  '',
  '""',
  '!!str 3',
  '!t x',
  '{a: 1}',
  '[1, "b"]',
  '{}',
  '[]',
  'two words',
  '"a: b"',
  '"multi\\nline"',
  'x # comment',
  '&new x',
  '2001-01-01',
  '\n    a: 1\n    b: [x] # c',
  '\n    - a\n    # head\n    - b',
  '\n    # great\n    things: frog # wow',
  '>-\n    one\n    two',
  '|\n    one\n      two',
  '|-\n    {{if .X}}y{{end}}',
  '>\n    folded\n\n    text',
] as const

/**
 * Makes a script of updates and deletes. No command changes a target of another command or a node below it,
 * so each command sees the original document.
 */
export function randomV3Case(draw: Draw): V3Case {
  const document = randomDocument(draw)
  const known = placesIn(document)
  const chosen: Step[][] = []
  for (const place of list(draw, 0, 4, () => (known.length === 0 ? undefined : pick(draw, known)))) {
    if (place === undefined || place.length === 0 || chosen.some((other) => isRelated(other, place))) continue
    chosen.push(place)
  }
  const commands = chosen.map((place) => {
    // Deleting an item renumbers the items after it, so the script deletes only map entries.
    const deletes = typeof place.at(-1) === 'string' && chance(draw, 1, 3)
    const command = `- command: ${deletes ? 'delete' : 'update'}\n  path: ${JSON.stringify(pathText(place))}\n`
    return deletes ? command : `${command}  value: ${pick(draw, VALUES)}\n`
  })
  return { document, script: commands.join(''), places: chosen }
}

function isRelated(left: readonly Step[], right: readonly Step[]): boolean {
  return left.every((step, index) => index >= right.length || step === right[index])
}

/** Puts a dot between all path elements, because yq 3 drops the character after `]` and `"`. */
function pathText(place: readonly Step[]): string {
  const elements = place.map((step) => {
    if (typeof step === 'number') return `[${step}]`
    return /^[a-z][a-z0-9-]*$/iu.test(step) ? step : `"${step}"`
  })
  return elements.join('.')
}

/** Paths to the nodes of the first document that a script can name: not aliases, merge keys or duplicate keys. */
function placesIn(document: string): Step[][] {
  try {
    const [root] = iterateDocuments(document, { headerPreprocess: false, edition: YQ_3 })
    return root === undefined ? [] : placesBelow(root)
  } catch (error) {
    if (error instanceof YqFault) return []
    throw error
  }
}

function placesBelow(root: Node): Step[][] {
  const places: Step[][] = []
  const open: [Node, Step[]][] = [[root, []]]
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const [node, place] = next
    const keys = node.content.filter((_, index) => index % 2 === 0).map((key) => key.value)
    for (const [index, child] of node.content.entries()) {
      const key = node.content[index - 1]?.value ?? ''
      if (node.kind === 'mapping' && (index % 2 === 0 || !isNameable(key, keys))) continue
      const found = [...place, node.kind === 'mapping' ? key : index]
      places.push(found)
      open.push([child, found])
    }
  }
  return places
}

function isNameable(key: string, keys: readonly string[]): boolean {
  return key !== '' && key !== '<<' && !/["*]|==/u.test(key) && keys.indexOf(key) === keys.lastIndexOf(key)
}
