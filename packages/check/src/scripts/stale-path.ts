import type { Rule } from '../rule.ts'
import { type ScriptCheck, scriptExample } from './script-check.ts'
import { nodeAt, formatPath } from './paths.ts'
import { writtenChanges } from './written-paths.ts'

/** Paths that the base no longer has. */
export const stalePath: Rule<ScriptCheck> = {
  name: 'stale-path',
  severity: 'warning',
  doc: 'A patch script creates a path below an entry that the base does not have: it may have been renamed or removed.',
  check: (input) => {
    const { base, changes } = writtenChanges(input)
    const made: (readonly (string | number)[])[] = []
    return changes.flatMap(({ kind, path, position }) => {
      if (kind !== 'created' || path.length < 2) return []
      const missing = path.findIndex((_, index) => nodeAt(base, path.slice(0, index + 1)) === undefined)
      const isMade = made.some((earlier) => earlier.every((step, index) => step === path[index]))
      made.push(path)
      if (missing < 0 || missing >= path.length - 1 || isMade) return []
      return {
        rule: 'stale-path',
        severity: 'warning',
        message: `this creates ${formatPath(path)}, but the base has no ${formatPath(path.slice(0, missing + 1))}`,
        object: `${input.input.script.file} ${formatPath(path)}`,
        position,
        hint: 'if the entry was renamed, correct the path; if it was removed, remove the line',
      } as const
    })
  },
  examples: {
    fires: [
      scriptExample('an entry that was renamed', 'maps: {new: {name: a}}\n', '.maps.old.name = "b"\n'),
      scriptExample(
        'the same in yq 3',
        'maps: {new: {name: a}}\n',
        '- command: update\n  path: maps.old.name\n  value: b\n',
        'yq-v3',
      ),
    ],
    silent: [
      scriptExample('a value that is replaced', 'maps: {new: {name: a}}\n', '.maps.new.name = "b"\n'),
      scriptExample('a new key of an entry', 'maps: {new: {name: a}}\n', '.maps.new.gzip = true\n'),
      scriptExample(
        'an entry that the script adds itself',
        'maps: {}\n',
        '.maps.old = {}\n| .maps.old.name = "b"\n',
      ),
    ],
  },
}
