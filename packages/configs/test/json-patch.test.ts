import { printNode, readDocuments } from '@overlay-render/yq'
import { expect, test } from 'vitest'

import { applyJsonPatch } from '../src/json-patch.ts'

function patch(base: string, script: string): string {
  const [root] = readDocuments(base)
  if (root === undefined) throw new Error('no document')
  return printNode(applyJsonPatch(root, script, 'config.yaml').root)
}

const BASE = `# the head
plank: # the controller
  # how jobs are shown
  url: 'https://prow' # a link
  timeout: 20m

lists:
  # first
  - a # is a
  # second
  - b
jobs:
  # one job
  - name: x # the name
    env: {A: "1"}
  - name: y
`

test.each([
  [
    'a value is replaced, its comments and quotes stay',
    '[{"op": "replace", "path": "/plank/url", "value": "https://test"}]',
    (base: string) => base.replace("'https://prow'", "'https://test'"),
  ],
  [
    'a key is added at the end',
    '- {op: add, path: /plank/new, value: {deep: [1]}}',
    (base: string) => base.replace('  timeout: 20m\n', '  timeout: 20m\n  new:\n    deep:\n      - 1\n'),
  ],
  [
    'a key is removed with its comments',
    '- {op: remove, path: /plank/url}',
    (base: string) => base.replace("  # how jobs are shown\n  url: 'https://prow' # a link\n", ''),
  ],
  [
    'an item in front leaves the others their comments',
    '- {op: add, path: /lists/0, value: z}',
    (base: string) => base.replace('lists:\n', 'lists:\n  - z\n'),
  ],
  [
    'an item goes with its comments',
    '- {op: remove, path: /lists/0}',
    (base: string) => base.replace('  # first\n  - a # is a\n', ''),
  ],
  [
    'a map moves with its comments',
    '- {op: move, from: /jobs/0, path: /jobs/1}',
    (base: string) =>
      base.replace(
        '  # one job\n  - name: x # the name\n    env: {A: "1"}\n  - name: y\n',
        '  - name: y\n  # one job\n  - name: x # the name\n    env: {A: "1"}\n',
      ),
  ],
  ['a test that holds changes nothing', '- {op: test, path: /jobs/1/name, value: y}', (base: string) => base],
  [
    'a number becomes what it is',
    '- {op: replace, path: /plank/timeout, value: 3}',
    (base: string) => base.replace('20m', '3'),
  ],
])('%s', (_name, script, change) => {
  // What yq prints for the document, without the blank line that it never keeps.
  expect(patch(BASE, script)).toBe(change(BASE).replace('\n\nlists', '\nlists'))
})

test.each([
  ['a test that fails', '- {op: test, path: /plank/timeout, value: 1h}', 'operation-failed', 1, 3],
  [
    'a path that is not there',
    '- {op: test, path: /jobs/1/name, value: y}\n- {op: remove, path: /plank/nope}',
    'operation-failed',
    2,
    3,
  ],
  ['an unknown operation', '- {op: set, path: /plank, value: 1}', 'script-invalid', 1, 3],
  ['an operation without a value', '- {op: add, path: /plank}', 'script-invalid', 1, 3],
])('%s is an error at the operation', (_name, script, code, line, column) => {
  expect(() => patch(BASE, script)).toThrow(
    expect.objectContaining({ code, position: { file: 'config.yaml', line, column } }),
  )
})
