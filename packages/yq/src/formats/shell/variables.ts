import { mapEntries } from '../../tree/children.ts'
import type { Node } from '../../tree/node.ts'
import { danglingAlias } from '../format-fault.ts'

export interface ShellVariableOptions {
  readonly separator: string
  readonly unwrapScalar: boolean
}

/** One `name=value` line for each scalar of a tree; the name is its path with only characters that a shell allows. */
export function encodeShellVariables(node: Node, { separator, unwrapScalar }: ShellVariableOptions): string {
  const lines: string[] = []
  const open: [node: Node, name: string][] = [[node, '']]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [current, name] = next
    if (current.kind === 'alias') {
      if (current.alias === undefined) throw danglingAlias(current)
      open.push([current.alias, name])
    } else if (current.kind === 'scalar') {
      // A scalar as root needs a name.
      lines.push(`${name || 'value'}=${unwrapScalar ? current.value : quoteValue(current.value)}\n`)
    } else {
      const children = Array.from(namedChildren(current), ([key, child]): [Node, string] => [
        child,
        childName(name, key, separator),
      ])
      open.push(...children.toReversed())
    }
  }
  return lines.join('')
}

function namedChildren(node: Node): [key: string, child: Node][] {
  if (node.kind === 'sequence') return node.content.map((item, index) => [String(index), item])
  return Array.from(mapEntries(node), ([key, value]) => [key.value, value])
}

/** Removes accents, drops other letters, and replaces other invalid characters with `_`. */
function childName(parent: string, key: string, separator: string): string {
  const name = Array.from(key.normalize('NFKD'), (character) => {
    if (/\w/.test(character)) return character
    return character >= ' ' && character <= '~' ? '_' : ''
  }).join('')
  if (parent !== '') return parent + separator + name
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`
}

function quoteValue(value: string): string {
  return /^\w*$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`
}
