import { nearestNames } from '@overlay-render/faults'

import { YqFault } from '../errors.ts'
import type { Node } from '../tree/node.ts'
import { decodeScalarText } from './decode-text.ts'
import { DecodeCount } from './decode-count.ts'

const FIELDS = ['command', 'path', 'value'] as const
type Field = (typeof FIELDS)[number]

/** The fields of one item of a script, as go-yaml fills them. */
export interface DecodedCommand {
  readonly item: Node
  command: string
  path: string
  value: Node | undefined
  commandNode: Node | undefined
  pathNode: Node | undefined
}

export interface DecodedScript {
  readonly commands: readonly DecodedCommand[]
  /** Unknown keys, with the field that each is similar to. */
  readonly unknownFields: readonly { readonly node: Node; readonly meant: Field }[]
}

/** A map whose entries are being decoded. */
interface Frame {
  readonly map: Node
  /** The alias that refers to the map. */
  readonly alias: Node | undefined
  readonly aliasDepth: number
  readonly done: Set<Field>
  index: number
}

/**
 * Decodes a script into commands by the rules of yq 3.4.1's go-yaml: fields are decoded in written order, and a merge key
 * overrides the fields before it. Throws a fault `expression-invalid` for the first error of the script.
 */
export function decodeCommands(
  root: Node | undefined,
  source: { readonly file: string; readonly text: string },
): DecodedScript {
  const decoder = new CommandDecoder(source)
  if (root !== undefined) decoder.decodeRoot(root)
  return decoder
}

class CommandDecoder implements DecodedScript {
  readonly commands: DecodedCommand[] = []
  readonly unknownFields: { node: Node; meant: Field }[] = []
  readonly #source: { readonly file: string; readonly text: string }
  readonly #count = new DecodeCount()
  readonly #openAliases = new Set<Node>()
  #frames: Frame[] = []

  constructor(source: { readonly file: string; readonly text: string }) {
    this.#source = source
  }

  decodeRoot(root: Node): void {
    this.#counted(root, 0)
    if (root.kind === 'scalar' && this.#isNull(root)) return
    if (root.kind !== 'sequence')
      throw this.#fault(
        root,
        'a yq 3 script is a list of commands',
        'write each command as `- command: update` with `path:` and `value:`',
      )
    for (const item of root.content) this.#decodeItem(item)
  }

  #decodeItem(item: Node): void {
    const target = item.kind === 'alias' ? (item.alias ?? item) : item
    this.#counted(item, 0)
    if (target.kind === 'scalar' && this.#isNull(target)) return
    const command: DecodedCommand = {
      item,
      command: '',
      path: '',
      value: undefined,
      commandNode: undefined,
      pathNode: undefined,
    }
    this.#frames = []
    this.#enter(item, 0)
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const key = frame.map.content[frame.index]
      const value = frame.map.content[frame.index + 1]
      if (key === undefined || value === undefined) this.#leave(frame)
      else this.#takeEntry(frame, key, value, command)
    }
    this.commands.push(command)
  }

  /** Starts decoding a map, or the map that an alias refers to. */
  #enter(node: Node, aliasDepth: number): void {
    const alias = node.kind === 'alias' ? node : undefined
    const map = alias?.alias ?? node
    if (map.kind !== 'mapping')
      throw this.#fault(node, 'a command is a map with `command`, `path` and `value`')
    this.#frames.push({
      map,
      alias,
      aliasDepth: aliasDepth + (alias === undefined ? 0 : 1),
      done: new Set(),
      index: 0,
    })
  }

  #leave(frame: Frame): void {
    this.#frames.pop()
    if (frame.alias !== undefined) this.#openAliases.delete(frame.alias)
  }

  #takeEntry(frame: Frame, key: Node, value: Node, command: DecodedCommand): void {
    if (frame.index === 0) this.#open(frame)
    frame.index += 2
    if (isMerge(key)) return this.#merge(value, frame.aliasDepth)
    const name = this.#text(key, frame.aliasDepth, 'a key')
    const field = FIELDS.find((known) => known === name)
    if (field === undefined) {
      if (name !== null && frame.map === command.item) this.#noteStray(key, name)
      return
    }
    if (frame.done.has(field)) throw this.#fault(key, `duplicate \`${field}\` in one command`)
    frame.done.add(field)
    this.#takeField(field, value, frame.aliasDepth, command)
  }

  #takeField(field: Field, value: Node, aliasDepth: number, command: DecodedCommand): void {
    if (field === 'value') {
      this.#counted(value, aliasDepth)
      command.value = value
      return
    }
    const text = this.#text(value, aliasDepth, `\`${field}\``)
    if (text === null) return
    command[field] = text
    command[`${field}Node`] = value
  }

  #noteStray(node: Node, name: string): void {
    const meant = nearestNames(name, FIELDS)[0]
    const field = FIELDS.find((known) => known === meant)
    if (field !== undefined) this.unknownFields.push({ node, meant: field })
  }

  #open({ map, alias }: Frame): void {
    if (alias !== undefined) {
      if (this.#openAliases.has(alias)) throw this.#fault(alias, 'a merge key refers to its own map')
      this.#openAliases.add(alias)
    }
    const seen = new Set<string>()
    for (let index = 0; index < map.content.length; index += 2) {
      const key = map.content[index]
      if (key === undefined) continue
      const id = `${key.kind} ${key.value}`
      if (seen.has(id)) throw this.#fault(key, `duplicate key \`${key.value}\``)
      seen.add(id)
    }
  }

  /** Merges one map or a list of maps. The frames are a stack, so a list is decoded from its end, and its first map wins. */
  #merge(value: Node, aliasDepth: number): void {
    const maps = value.kind === 'sequence' ? value.content : [value]
    for (const node of maps) {
      const map = node.kind === 'alias' ? node.alias : node
      if (map?.kind !== 'mapping') throw this.#fault(node, 'a merge key needs a map or a list of maps')
      this.#counted(node, aliasDepth)
      this.#enter(node, aliasDepth)
    }
  }

  /** The text of a scalar, or of the scalar that an alias refers to; `null` for null. */
  #text(node: Node, aliasDepth: number, what: string): string | null {
    this.#counted(node, aliasDepth)
    const scalar = node.kind === 'alias' ? node.alias : node
    if (scalar?.kind !== 'scalar') throw this.#fault(node, `${what} must be a string`)
    const decoded = decodeScalarText(scalar)
    if ('error' in decoded) throw this.#fault(node, `${what} is not a string: ${decoded.error}`)
    return decoded.text
  }

  #isNull(scalar: Node): boolean {
    const decoded = decodeScalarText(scalar)
    return 'text' in decoded && decoded.text === null
  }

  #counted(node: Node, aliasDepth: number): void {
    const isExcessive = this.#count.add(node.kind === 'alias', aliasDepth)
    if (isExcessive)
      throw this.#fault(node, 'the aliases of the script expand to more than yq 3 allows: 99 % of all fields')
  }

  #fault(node: Node, message: string, hint?: string): YqFault {
    const { file, text } = this.#source
    return new YqFault({
      code: 'expression-invalid',
      message,
      hint,
      position: { file, line: Math.max(node.line, 1), column: Math.max(node.column, 1) },
      source: text,
    })
  }
}

function isMerge(key: Node): boolean {
  return key.kind === 'scalar' && key.value === '<<' && (key.tag === '' || key.tag === '!!merge')
}
