import { positionAt } from '@overlay-render/system'
import { type Expression, type Node, parseExpression, YqFault } from '@overlay-render/yq'

import type { Rule } from '../rule.ts'
import { nodesOf } from './expressions.ts'
import { type ScriptCheck, scriptExample } from './script-check.ts'
import { traceScript } from './script-trace.ts'
import { leftDocument } from './surprises/left-document.ts'
import { looseOperator } from './surprises/loose-operator.ts'
import type { FindSurprise } from './surprises/surprise.ts'
import { swallowedOperator } from './surprises/swallowed-operator.ts'

const NAME = 'surprising-syntax'

/** The checks of single nodes. */
const SURPRISES: readonly FindSurprise[] = [looseOperator, swallowedOperator]

/** Expressions that yq reads differently than they look. */
export const surprisingSyntax: Rule<ScriptCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'yq 4 reads an expression of a patch script differently than it looks.',
  check: (check) => {
    const { text, base, dialect } = traceScript(check)
    const { file } = check.input.script
    const script = dialect === 'yq-v4' ? read(file, text) : undefined
    if (script === undefined) return []
    const keys = keysOf(base)
    const found = [
      ...leftDocument(script),
      ...[...nodesOf(script)].flatMap((node) => SURPRISES.flatMap((find) => find(node, { text, keys }))),
    ]
    return found.map(({ at, message, hint }) => ({
      rule: NAME,
      severity: 'warning',
      message,
      object: `${file} ${message}`,
      position: positionAt(file, text, at),
      hint,
    }))
  },
  examples: {
    fires: [
      scriptExample('and after a pipe', 'a: {b: true, c: true}\n', '.d = [.a | .b and .c]\n'),
      scriptExample('or after a test of the piped value', 'a: x\n', '.d = [.a | . == "x" or . == "y"]\n'),
      scriptExample('not after and', 'a: true\nb: true\n', '.d = [.a and .b | not]\n'),
      scriptExample('or after and', 'a: 1\nb: 2\nc: 3\n', '.d = [.a and .b or .c]\n'),
      scriptExample('an assignment as an operand', 'a: 1\nb: {c: 1}\n', '.b |= ({"x": (.a = .c and .d)})\n'),
      scriptExample('two subtractions', 'a: 5\nb: 2\nc: 1\n', '.d = .a - .b - .c\n'),
      scriptExample('a product and a sum', 'a: 5\nb: 2\nc: 1\n', '.d = .a * .b + .c\n'),
      scriptExample('a default after a sum', 'a: 5\nb: 2\n', '.d = .a + .b // 0\n'),
      scriptExample('a pipe after a comma', 'a: x\nb: y\n', '.d = [.a, .b | length]\n'),
      scriptExample('a minus that becomes part of a name', 'a: {b: 2, c: 1}\n', '.d = .a.b-1\n'),
      scriptExample(
        'a minus before a path that becomes part of a name',
        'a: {b: 2, c: 1}\n',
        '.d = .a.b-.c\n',
      ),
      scriptExample('a default operator that becomes part of a name', 'a: {b: 2}\n', '.d = .a//"x"\n'),
      scriptExample('an assignment below a path', 'a: {b: 1}\n', '.a | .b = 2\n'),
      scriptExample(
        'an assignment after a selection',
        'a: [{n: x}]\n',
        '.a[] | select(.n == "x") | .v = 2\n',
      ),
      scriptExample('a pipe that ends the assignment', 'a: {b: x}\nc: 1\n', '.d = .a.b | upcase\n| .c = 2\n'),
    ],
    silent: [
      scriptExample('assignments one after the other', 'a: 1\nb: 2\n', '.a = .b\n| .b = 3\n'),
      scriptExample('brackets that make it explicit', 'a: {b: true, c: true}\n', '.d = (.a | (.b and .c))\n'),
      scriptExample(
        'two conditions of one object',
        'a: [{n: x, k: y}]\n',
        '(.a[] | select(.n | test("x") and .k == "y")).v = 1\n',
      ),
      scriptExample(
        'two pipes',
        'a: [{n: x}]\n',
        '(.a[] | select(.n | test("x") or .n | test("y"))).v = 1\n',
      ),
      scriptExample('a sum of several', 'a: 5\nb: 2\n', '.d = .a + .b + 1 - 2\n'),
      scriptExample('a default with a sum', 'a: 5\n', '.d = .a // 0 + 1\n'),
      scriptExample('a key with a minus', 'a: {b-c: 2, b: 1, c: 1}\n', '.d = .a.b-c\n'),
      scriptExample('a new key with a minus', 'a: {b: 1, c: 1}\n', '.a.b-c = 2\n'),
      scriptExample('a path in brackets', 'a: [{n: x}]\n', '(.a[] | select(.n == "x") | .v) = 2\n'),
      scriptExample('a variable that holds the document', 'a: {b: 1}\n', '. as $d | .a.c = $d.a.b\n'),
      scriptExample('a document of its own', 'a: {b: 1}\n', '.a | {"c": .b}\n'),
      scriptExample('yq 3', 'a: 1\n', '- {command: update, path: a, value: ".a | .b and .c"}\n', 'yq-v3'),
    ],
  },
}

function read(file: string, text: string): Expression | undefined {
  try {
    return parseExpression({ file, text })
  } catch (error) {
    if (error instanceof YqFault) return undefined
    throw error
  }
}

/** Every key of a tree. */
function keysOf(root: Node): ReadonlySet<string> {
  const keys = new Set<string>()
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const [index, child] of node.content.entries()) {
      if (node.kind === 'mapping' && index % 2 === 0) keys.add(child.value)
      else pending.push(child)
    }
  }
  return keys
}
