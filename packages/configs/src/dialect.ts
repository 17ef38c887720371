import { positionAt } from '@overlay-render/system'
import { compile, iterateDocuments, type Node, Style, YqFault } from '@overlay-render/yq'

import { ConfigsFault } from './configs-fault.ts'

/**
 * The language of a patch script: a yq 4 expression, a yq 3 script (`yq write --script`), RFC 6902 operations, or partial YAML that is
 * merged into the base.
 */
export type Dialect = 'yq-v4' | 'yq-v3' | 'json-patch' | 'merge'

/** The recognised dialect of a script. */
export interface Recognition {
  readonly dialect: Dialect
  /** Whether the dialect is a guess, because the script is empty. */
  readonly isGuess: boolean
}

/** The hint for an ambiguous script. */
export const DECLARE: string =
  'set configs.dialect in overlay-render.yaml to yq-v4, yq-v3, json-patch or merge'

/**
 * Recognises the dialect of a patch script by its shape. A YAML list of maps with `command` is a yq 3 script, and one with
 * `op` is a JSON Patch. A block map that is not a yq 4 expression is partial YAML. Everything else that is not a list is a yq 4
 * expression.
 *
 * @throws ConfigsFault `script-dialect-unknown` for other lists, and for `[]` and null: they have no commands for yq 3, and
 *   are the new content of the config for yq 4
 * @throws YqFault `document-invalid` for a text that starts as a block list but is not YAML
 */
export function recogniseDialect(text: string, file: string): Recognition {
  const root = readFirstDocument(text, file)
  if (root === 'no YAML') return { dialect: 'yq-v4', isGuess: false }
  if (root === undefined || (root.kind === 'scalar' && root.value === '' && root.style === 0))
    return { dialect: 'yq-v4', isGuess: true }
  if (root.kind === 'scalar' && root.tag === '!!null') throw ambiguous(root, text, file, root.value)
  if (root.kind !== 'sequence') return { dialect: isPartial(root, text) ? 'merge' : 'yq-v4', isGuess: false }
  if (root.content.length === 0) throw ambiguous(root, text, file, '[]')
  const keys = root.content.map(keysOf)
  if (keys.every((names) => names.has('op'))) return { dialect: 'json-patch', isGuess: false }
  if (keys.some((names) => names.has('command'))) return { dialect: 'yq-v3', isGuess: false }
  if (!writesBlockList(text)) return { dialect: 'yq-v4', isGuess: false }
  throw new ConfigsFault({
    code: 'script-dialect-unknown',
    message: `${file} is a list, but neither a yq 3 script nor a JSON Patch`,
    position: startOf(root, text, file),
    source: text,
    hint: 'its items need `command`, `path` and `value` (yq 3) or `op`, `path` and `value` (RFC 6902); a yq 4 script is an expression such as .a.b = "c"',
  })
}

/** Whether a script is partial YAML: a block map with plain words as keys. An expression may also be YAML (`.a = {b: 1}`), but has no such keys. */
function isPartial(root: Node, text: string): boolean {
  if (root.kind !== 'mapping' || (root.style & Style.flow) !== 0) return false
  const keys = root.content.filter((_, index) => index % 2 === 0)
  if (!keys.every(({ kind, value }) => kind === 'scalar' && /^[\w$-]+$/u.test(value))) return false
  try {
    compile(text)
    return false
  } catch (error) {
    if (error instanceof YqFault) return true
    throw error
  }
}

function ambiguous(root: Node, text: string, file: string, written: string): ConfigsFault {
  return new ConfigsFault({
    code: 'script-dialect-unknown',
    message: `${file} is ${written}: a yq 3 script without commands, or a yq 4 expression that replaces the config by ${written}`,
    position: startOf(root, text, file),
    source: text,
    hint: DECLARE,
  })
}

/** The first document; undefined when there is none. A text that starts as a block list must be YAML. */
function readFirstDocument(text: string, file: string): Node | undefined | 'no YAML' {
  try {
    const [root] = iterateDocuments(text, { fileName: file, headerPreprocess: false })
    return root ?? undefined
  } catch (error) {
    if (!(error instanceof YqFault) || writesBlockList(text)) throw error
    return 'no YAML'
  }
}

/** Blank lines, comments, directives and separators before the content of a document. */
const BEFORE = /^\ufeff?(?:[ \t]*(?:#.*)?(?:\r\n?|\n|$)|(?:%.*|---[ \t]*(?:#.*)?)(?:\r\n?|\n))*/u
const BLOCK_LIST = /^(?:---[ \t]+)?[ \t]*(?:[!&]\S*(?:\s+|$))*-(?:[ \t\r\n]|$)/u

/** Whether the content of a text starts with the dash of a block list, possibly after a tag or anchor. No yq 4 expression does. */
function writesBlockList(text: string): boolean {
  return BLOCK_LIST.test(text.slice(BEFORE.exec(text)?.[0].length ?? 0))
}

/** The keys of an item, including those of merged maps. */
function keysOf(item: Node): Set<string> {
  const names = new Set<string>()
  const seen = new Set<Node>()
  const open = [item]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const target = node.kind === 'alias' ? node.alias : node
    if (target === undefined || seen.has(target)) continue
    seen.add(target)
    if (target.kind === 'sequence' && node !== item) open.push(...target.content)
    if (target.kind !== 'mapping') continue
    for (let index = 0; index + 1 < target.content.length; index += 2) {
      const key = target.content[index]
      const value = target.content[index + 1]
      if (key?.tag === '!!merge' && value !== undefined) open.push(value)
      const name = key?.kind === 'alias' ? key.alias : key
      if (name?.kind === 'scalar') names.add(name.value)
    }
  }
  return names
}

function startOf(node: Node, text: string, file: string): ReturnType<typeof positionAt> {
  return positionAt(file, text, Math.max(node.start, 0))
}
