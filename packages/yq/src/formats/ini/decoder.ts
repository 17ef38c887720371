import { replaceInvalidUtf8 } from '../../go/byte-text.ts'
import { requireTextLength, takeSteps } from '../../budget/node-budget.ts'
import { stringNode } from '../../tree/children.ts'
import { Node } from '../../tree/node.ts'
import { attachPair } from '../attach.ts'
import type { IniPreferences } from '../preferences.ts'
import { DEFAULT_SECTION, type IniSection, readIni } from './reader.ts'

/** Decodes INI to one map: the keys before any section, then a map for each section. All values are strings. */
export function* decodeIni(text: string, { preserveQuotes }: IniPreferences): Generator<Node> {
  const sections = readIni(replaceInvalidUtf8(text), preserveQuotes)
  const byName = new Map(sections.map((section) => [section.name, section]))
  const root = new Node('mapping', '!!map')
  for (const section of sections) {
    const target = section.name === DEFAULT_SECTION ? root : new Node('mapping', '!!map')
    for (const [key, value] of section.values) {
      attachPair(target, stringNode(key), stringNode(expand(value, key, section, byName)))
    }
    if (target !== root) attachPair(root, stringNode(section.name), target)
  }
  yield root
}

type Sections = ReadonlyMap<string, IniSection>

/** How often `%(name)s` is expanded in a value. */
const MAX_ROUNDS = 99

/** Replaces each `%(name)s` by the value of that key. */
function expand(start: string, own: string, section: IniSection, sections: Sections): string {
  let value = start
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const [reference, name = ''] = /%\(([^)]+)\)s/.exec(value) ?? []
    if (reference === undefined) break
    const found = lookUp(name, own, section, sections)
    if (found === undefined) break
    // A key that refers to itself twice doubles each time, which exhausts yq's memory.
    requireTextLength(value.length + (value.split(reference).length - 1) * found.length)
    takeSteps(value.length / 8)
    value = value.replaceAll(reference, () => found)
  }
  return value
}

/** The key in this section or in a parent section (`a` for `a.b`), else in the first section. */
function lookUp(name: string, own: string, section: IniSection, sections: Sections): string | undefined {
  const isOwn = name === own && section.values.has(name)
  if (!isOwn) {
    for (let path = section.name; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
      const value = sections.get(path)?.values.get(name)
      if (value !== undefined) return value
    }
  }
  return sections.get(DEFAULT_SECTION)?.values.get(name)
}
