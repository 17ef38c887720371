import type { Rule } from '../rule.ts'
import { formatPath } from './paths.ts'
import { positionalPaths } from './positions.ts'
import { type ScriptCheck, scriptExample } from './script-check.ts'

/** Indexes in scripts that could be selectors. */
export const positionalPath: Rule<ScriptCheck> = {
  name: 'positional-path',
  severity: 'warning',
  doc: 'A patch script changes an item of a list by its index, although a field identifies the items: when the list grows, it changes another item.',
  check: (check) =>
    positionalPaths(check).map(({ shown, holder, selector, position }) => ({
      rule: 'positional-path',
      severity: 'warning',
      message: `${shown} depends on the order of ${formatPath(holder)}: today it changes the item with ${selector.slice('select('.length, -1)}`,
      object: `${check.input.script.file} ${shown}`,
      position,
      hint: `in yq 4 write (.${formatPath(holder)}[] | ${selector})`,
    })),
  examples: {
    fires: [
      scriptExample(
        'an index into a list of named items',
        'a: [{name: x, v: 1}, {name: y, v: 1}]\n',
        '.a[1].v = 2\n',
      ),
      scriptExample(
        'an index into presets, which have labels',
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
        'a selector',
        'a: [{name: x, v: 1}, {name: y, v: 1}]\n',
        '(.a[] | select(.name == "y")).v = 2\n',
      ),
      scriptExample('items without a field that identifies them', 'a: [x, y]\n', '.a[1] = "z"\n'),
      scriptExample(
        'a wildcard of yq 3',
        'a: [{name: x, v: 1}, {name: y, v: 1}]\n',
        '- command: update\n  path: a[*].v\n  value: 2\n',
        'yq-v3',
      ),
    ],
  },
}
