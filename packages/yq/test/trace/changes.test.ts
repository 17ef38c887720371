import { describe, expect, test } from 'vitest'
import { evaluateWithChanges } from '../../src/evaluate.ts'
import { printNode } from '../../src/printer/print.ts'

const YAML = 'a: 1 # one\nb: {c: [1, 2, 3]}\nlist:\n  - x\n  - y\n  - z\nanchored: &q\n  k: v\nalias: *q\n'

/** Changes as lines: kind, path, value before and after, and the part of the expression that made it. */
function changesOf(expression: string, yaml: string = YAML): string[] {
  return evaluateWithChanges(expression, yaml).changes.map(({ kind, path, before, after, range }) => {
    const show = (node: typeof before): string => (node === undefined ? '' : printNode(node).trimEnd())
    const values = kind === 'reordered' ? '' : `: ${show(before)} -> ${show(after)}`
    return `${kind} ${path.join('.')}${values} by ${expression.slice(range.start, range.end)}`
  })
}

describe('the changes of an evaluation', () => {
  test.each<readonly [title: string, expression: string, changes: readonly string[]]>([
    ['a value', '.a = 2', ['replaced a: 1 -> 2 by .a = 2']],
    ['the same value is no change', '.a = 1', []],
    ['reading is no change', '.a, .b', []],
    [
      'each step has its own change',
      '.a = 2 | .a = 3',
      ['replaced a: 1 -> 2 by .a = 2', 'replaced a: 2 -> 3 by .a = 3'],
    ],
    [
      'new parents are part of the change of the outermost one',
      '.n.e.w = 1 | .n.e.x = 2',
      ['created n:  -> e:\n  w: 1 by .n.e.w = 1', 'created n.e.x:  -> 2 by .n.e.x = 2'],
    ],
    ['a key that reading creates', '.q // 1', ['created q:  -> null by .q']],
    ['deleted items', 'del(.list[1])', ['deleted list.1: y ->  by del(.list[1])']],
    ['a renamed key', '(.a | key) = "z"', ['renamed z: a -> z by (.a | key) = "z"']],
    ['a style', '.b style=""', ['restyled b: {c: [1, 2, 3]} -> c: [1, 2, 3] by .b style=""']],
    ['a tag', '.a tag="!t"', ['retagged a: 1 -> 1 by .a tag="!t"']],
    ['a comment', '.a line_comment="x"', ['commented a: 1 -> 1 by .a line_comment="x"']],
    ['an anchor', '.a anchor="x"', ['anchored a: 1 -> 1 by .a anchor="x"']],
    [
      'below an alias, the path of the anchored node',
      '.alias.k = "w"',
      ['replaced anchored.k: v -> w by .alias.k = "w"'],
    ],
    ['an appended item', '.list += ["w"]', ['created list.3:  -> w by .list += ["w"]']],
    [
      'inside with, the innermost assignment',
      'with(.b; .c[0] = 9 | .d = 1)',
      ['replaced b.c.0: 1 -> 9 by .c[0] = 9', 'created b.d:  -> 1 by .d = 1'],
    ],
    ['the order of keys', 'sort_keys(.)', ['reordered  by sort_keys(.)']],
    [
      'a merge, key by key',
      '. *= {"b": {"d": 1}, "a": 5}',
      [
        'replaced a: 1 -> 5 by . *= {"b": {"d": 1}, "a": 5}',
        'created b.d:  -> 1 by . *= {"b": {"d": 1}, "a": 5}',
      ],
    ],
    [
      'a new document, by the last step',
      '.a = 2 | . * {"a": 3}',
      ['replaced a: 1 -> 2 by .a = 2', 'replaced a: 2 -> 3 by . * {"a": 3}'],
    ],
    ['a deleted document', 'del(.)', [`deleted : ${YAML.trimEnd()} ->  by del(.)`]],
  ])('%s', (_, expression, changes) => {
    expect(changesOf(expression)).toEqual(changes)
  })

  test('have the index of their document', () => {
    const { changes } = evaluateWithChanges('(select(.a == 2) | .b) = 1', 'a: 1\n---\na: 2\n')
    expect(changes.map(({ documentIndex, path }) => ({ documentIndex, path }))).toEqual([
      { documentIndex: 1, path: ['b'] },
    ])
  })

  test('do not affect the output', () => {
    expect(evaluateWithChanges('.n.e.w = 1', 'a: 1').text).toBe('a: 1\nn:\n  e:\n    w: 1\n')
  })

  test('have copies of values that later steps change', () => {
    const { changes } = evaluateWithChanges('.a = 2 | .a = 3', 'a: 1')
    expect(changes.map(({ before, after }) => [before?.value, after?.value])).toEqual([
      ['1', '2'],
      ['2', '3'],
    ])
  })
})
