import type { Node } from '@overlay-render/yq'

import type { Rule } from '../rule.ts'
import { type ScriptCheck, scriptExample } from './script-check.ts'
import { nodeAt, showPath } from './paths.ts'
import { writtenChanges } from './written-paths.ts'

const FIELDS = ['name', 'id', 'key', 'repo', 'host', 'context']

/** What tells the item at an index from all others of its list, as an expression; undefined when no field does. */
function selectorOf(list: Node, index: number): string | undefined {
  if (list.content.length < 2) return undefined
  for (const field of FIELDS) {
    const values = list.content.map((item) => nodeAt(item, [field])?.value ?? '')
    const own = values[index] ?? ''
    if (own !== '' && !values.includes('') && new Set(values).size === values.length)
      return `select(.${field} == ${JSON.stringify(own)})`
  }
  const labels = list.content.map((item) => nodeAt(item, ['labels'])?.content[0]?.value ?? '')
  const own = labels[index] ?? ''
  return own !== '' && labels.filter((label) => label === own).length === 1
    ? `select(.labels | has(${JSON.stringify(own)}))`
    : undefined
}

export const positionalPath: Rule<ScriptCheck> = {
  name: 'positional-path',
  severity: 'warning',
  doc: 'A patch script changes an item of a list by its index, although a field tells the items apart: another item is changed when the list grows.',
  check: (input) => {
    const { base, changes } = writtenChanges(input)
    const told = new Set<string>()
    return changes.flatMap(({ path, position }) => {
      const at = path.findIndex((step) => typeof step === 'number')
      const index = path[at]
      const list = nodeAt(base, path.slice(0, Math.max(at, 0)))
      if (typeof index !== 'number' || list?.kind !== 'sequence') return []
      const selector = selectorOf(list, index)
      const key = showPath(path)
      if (selector === undefined || told.has(key)) return []
      told.add(key)
      const holder = showPath(path.slice(0, at))
      return {
        rule: 'positional-path',
        severity: 'warning',
        message: `${key} depends on the order of ${holder}: today it changes the item that is ${selector.slice('select('.length, -1)}`,
        object: `${input.input.script.file} ${key}`,
        position,
        hint: `in yq 4 write (.${holder}[] | ${selector})`,
      } as const
    })
  },
  examples: {
    fires: [
      scriptExample(
        'an index into a list of named items',
        'a: [{name: x, v: 1}, {name: y, v: 1}]\n',
        '.a[1].v = 2\n',
      ),
      scriptExample(
        'presets, which labels tell apart',
        'presets: [{labels: {a: "1"}, v: 1}, {labels: {b: "1"}, v: 1}]\n',
        '.presets[1].v = 2\n',
      ),
      scriptExample(
        'the same in yq 3',
        'a: [{name: x, v: 1}, {name: y, v: 1}]\n',
        '- command: update\n  path: a[1].v\n  value: 2\n',
        'yq-v3',
      ),
    ],
    silent: [
      scriptExample(
        'the form with select',
        'a: [{name: x, v: 1}, {name: y, v: 1}]\n',
        '(.a[] | select(.name == "y")).v = 2\n',
      ),
      scriptExample('items that nothing tells apart', 'a: [x, y]\n', '.a[1] = "z"\n'),
      scriptExample(
        'a wildcard of yq 3',
        'a: [{name: x, v: 1}, {name: y, v: 1}]\n',
        '- command: update\n  path: a[*].v\n  value: 2\n',
        'yq-v3',
      ),
    ],
  },
}
