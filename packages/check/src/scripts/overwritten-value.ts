import type { Rule } from '../rule.ts'
import { type ScriptCheck, scriptExample } from './script-check.ts'
import { traceScript } from './script-trace.ts'
import type { ScriptStatement } from './script-statement.ts'
import { formatPath, type Step } from './paths.ts'

const NAME = 'overwritten-value'

/** Values that are set and then overwritten. */
export const overwrittenValue: Rule<ScriptCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'A patch script sets a value that a later statement sets again, or deletes, before anything reads it.',
  check: (check) => {
    const { statements } = traceScript(check)
    return statements.flatMap((statement, index) => {
      const { target, shown, position } = statement
      const last = overwriteOf(statement, statements.slice(index + 1))
      if (last === undefined || target === undefined) return []
      const { line } = last.position
      return {
        rule: NAME,
        severity: 'warning',
        message: `${formatPath(target)} is set here, and ${last.isDelete ? 'deleted' : 'set again'} in line ${line} before anything reads it`,
        object: `${check.input.script.file} ${shown}`,
        position,
        hint: 'remove this statement, or the later one',
      } as const
    })
  },
  examples: {
    fires: [
      scriptExample('a value that is set twice', 'a: {b: 1}\n', '.a.b = 2\n| .c = 1\n| .a.b = 3\n'),
      scriptExample('a value in a map that is replaced later', 'a: {b: 1}\n', '.a.b = 2\n| .a = {"c": 1}\n'),
      scriptExample('a value that is deleted', 'a: {b: 1}\n', '.a.c = 2\n| del(.a.c)\n'),
      scriptExample(
        'a value that is set twice in yq 3',
        'a: {b: 1}\n',
        '- {command: update, path: a.b, value: 2}\n- {command: update, path: a.b, value: 3}\n',
        'yq-v3',
      ),
      scriptExample(
        'a value that is set twice by a JSON patch',
        'a: {b: 1}\n',
        '[{"op": "replace", "path": "/a/b", "value": 2}, {"op": "replace", "path": "/a/b", "value": 3}]\n',
        'json-patch',
      ),
    ],
    silent: [
      scriptExample('values of two keys', 'a: {b: 1}\n', '.a.b = 2\n| .a.c = 3\n'),
      scriptExample('a value that is read in between', 'a: {b: 1}\n', '.a.b = 2\n| .c = .a.b\n| .a.b = 3\n'),
      scriptExample('a value that the later one is made from', 'a: {b: 1}\n', '.a.b = 2\n| .a.b += 3\n'),
      scriptExample(
        'a part of a value that was set whole',
        'a: {b: 1}\n',
        '.a = {"b": 2, "c": 3}\n| .a.b = 4\n',
      ),
      scriptExample(
        'a value that a later selection reads',
        'a: [{n: 1}]\n',
        '.a[0].n = 2\n| (.a[] | select(.n == 2)).v = 3\n| .a[0].n = 4\n',
      ),
      scriptExample(
        'items that are inserted at one place',
        'a: [x]\n',
        '[{"op": "add", "path": "/a/0", "value": "y"}, {"op": "add", "path": "/a/0", "value": "z"}]\n',
        'json-patch',
      ),
      scriptExample(
        'a value that a JSON patch tests',
        'a: {b: 1}\n',
        '[{"op": "replace", "path": "/a/b", "value": 2}, {"op": "test", "path": "/a/b", "value": 2}, {"op": "replace", "path": "/a/b", "value": 3}]\n',
        'json-patch',
      ),
    ],
  },
}

/** The later statement that overwrites an earlier one. */
function overwriteOf(
  { isSet, effects, target }: ScriptStatement,
  later: readonly ScriptStatement[],
): ScriptStatement | undefined {
  if (!isSet || target === undefined || effects.length === 0) return undefined
  for (const statement of later) {
    const { reads } = statement
    if (reads === undefined || target.some((step) => reads.has(String(step)))) return undefined
    if (statement.effects.length > 0 && covers(statement, target)) return statement
  }
  return undefined
}

/** Whether a statement sets or deletes the value at a path, or above it. */
function covers({ target, isSet, isDelete }: ScriptStatement, path: readonly Step[]): boolean {
  return (
    (isSet || isDelete) &&
    target !== undefined &&
    target.length <= path.length &&
    target.every((step, index) => step === path[index])
  )
}
