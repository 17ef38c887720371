import type { Rule } from '../rule.ts'
import { type ScriptCheck, scriptExample } from './script-check.ts'
import { type ScriptTrace, traceScript } from './script-trace.ts'
import type { ScriptStatement } from './script-statement.ts'
import { nodeAt, formatPath } from './paths.ts'

const NAME = 'no-effect'

/** Statements that change nothing. */
export const noEffect: Rule<ScriptCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'A statement of a patch script changes nothing in this base.',
  check: (check) => {
    const trace = traceScript(check)
    return trace.statements
      .filter(({ isChange, effects }) => isChange && effects.length === 0)
      .map((statement) => ({
        rule: NAME,
        severity: 'warning',
        message: `${statement.shown} changes nothing: ${whyNot(statement, trace)}`,
        object: `${check.input.script.file} ${statement.shown}`,
        position: statement.position,
        hint: 'remove the statement, or correct its path',
      }))
  },
  examples: {
    fires: [
      scriptExample('a value that the base has', 'a: {b: 1}\n', '.a.b = 1\n'),
      scriptExample('the same value in other quotes', "a: {b: 'x'}\n", '.a.b = "x"\n| .a.c = 1\n'),
      scriptExample('a value that an earlier statement set', 'a: {b: 1}\n', '.a.b = 2\n| .a.b = 2\n'),
      scriptExample('a key to delete that is not there', 'a: {b: 1}\n', 'del(.a.c)\n'),
      scriptExample(
        'a selection that matches nothing',
        'a: [{name: x}]\n',
        '(.a[] | select(.name == "y")).v = 2\n',
      ),
      scriptExample('a substitution that matches nothing', 'a: x\n', '.a |= sub("y", "z")\n'),
      scriptExample(
        'a value that the base has, in yq 3',
        'a: {b: 1}\n',
        '- command: update\n  path: a.b\n  value: 1\n',
        'yq-v3',
      ),
      scriptExample(
        'every value of a wildcard, in yq 3',
        'a: {b: x, c: x}\n',
        '- command: update\n  path: a.*\n  value: x\n',
        'yq-v3',
      ),
      scriptExample(
        'a value that the base has, in a JSON patch',
        'a: {b: 1}\n',
        '[{"op": "replace", "path": "/a/b", "value": 1}]\n',
        'json-patch',
      ),
    ],
    silent: [
      scriptExample('a new value', 'a: {b: 1}\n', '.a.b = 2\n| del(.a.b)\n'),
      scriptExample('a value only where there is none', 'a: {b: 1}\n', '.a.b |= (. // 2)\n'),
      scriptExample(
        'comments, styles and order',
        'a: {b: 1}\n',
        '... comments=""\n| sort_keys(.)\n| explode(.)\n',
      ),
      scriptExample('a value that an earlier statement changed', 'a: {b: 1}\n', '.a.b = 2\n| .a.b = 1\n'),
      scriptExample('a statement after the document is replaced', 'a: {b: 1}\n', '. * {"c": 1}\n| .d = 2\n'),
      scriptExample('a value that some items do not have', 'a: [{v: 1}, {v: 2}]\n', '.a[].v = 1\n'),
      scriptExample('a number instead of a text', 'a: "1"\n', '.a = 1\n'),
      scriptExample('the same in yq 3', 'a: "1"\n', '- command: update\n  path: a\n  value: 1\n', 'yq-v3'),
      scriptExample(
        'a value that an earlier command changed',
        'a: x\n',
        '- {command: update, path: a, value: y}\n- {command: update, path: a, value: x}\n',
        'yq-v3',
      ),
      scriptExample(
        'an item that is added once more',
        'a: [x]\n',
        '[{"op": "add", "path": "/a/0", "value": "x"}]\n',
        'json-patch',
      ),
    ],
  },
}

function whyNot({ target, isDelete }: ScriptStatement, { base }: ScriptTrace): string {
  if (target === undefined)
    return isDelete
      ? 'nothing in the base matches'
      : 'nothing in the base matches, or all that does is as it says'
  const there = nodeAt(base, target) !== undefined
  return there ? `${formatPath(target)} has that value already` : `the base has no ${formatPath(target)}`
}
