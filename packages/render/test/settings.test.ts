import { describe, expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { layTree, type Tree } from './temporary-tree.ts'

// An error of a setting has the line of overlay-render.yaml, and the position in an expression or a template.

const TREE: Tree = {
  '.git/HEAD': '',
  'overlays/a/kustomization.yaml': 'resources: []\n',
  'overlays/a/patches/x.yaml': 'a: 1\n',
  'overlays/a/leak.yaml': '-> /etc/hostname',
}

async function faultOf(setting: string): Promise<unknown> {
  const root = layTree({ ...TREE, 'overlay-render.yaml': `version: 1\nsettings:\n  a:\n    ${setting}\n` })
  const workspace = await openWorkspace(root)
  return workspace.renderAll(['a'], { secrets: 'stub' }).then(
    ([result]) => (result !== undefined && 'fault' in result ? result.fault : result),
    (error: unknown) => error,
  )
}

describe('an edit', () => {
  const edit = (expression: string, file = 'kustomization.yaml'): Promise<unknown> =>
    faultOf(`edits: [{file: ${file}, expression: ${JSON.stringify(expression)}}]`)

  test('with a syntax error shows its position in the expression', async () => {
    expect(await edit('.a = 1\n| .b = = 2')).toMatchObject({
      code: 'edit-invalid',
      position: { file: 'overlay-render.yaml', line: 4 },
      details: ['2 | | .b = = 2', '  |        ^'],
    })
  })

  test.each([
    ['load("/etc/hostname")', 'outside-boundary'],
    ['load("leak.yaml")', 'outside-boundary'],
    ['load("nope.yaml")', 'file-missing'],
    ['select(.kind == "none")', 'edit-invalid'],
  ])('%s is refused at its line', async (expression, code) => {
    expect(await edit(expression)).toMatchObject({ code, position: { file: 'overlay-render.yaml', line: 4 } })
  })

  test('of a link that leaves the tree is refused', async () => {
    expect(await edit('.', 'leak.yaml')).toMatchObject({
      code: 'outside-boundary',
      position: { line: 4 },
      hint: expect.stringContaining('inside the workspace'),
    })
  })
})

describe('a template', () => {
  const template = (text: string, to: string): Promise<unknown> =>
    faultOf(`templates: [{text: ${JSON.stringify(text)}, to: ${to}}]`)

  test('in the setting shows the position in its text', async () => {
    expect(await template('one\n{{ nope }}', 'made.yaml')).toMatchObject({
      sentence: 'the template for made.yaml uses nope, which is not defined',
      position: { file: 'overlay-render.yaml', line: 4 },
      details: ['2 | {{ nope }}', '  |    ^'],
    })
  })

  test.each([
    ['../../../outside', 'outside-boundary'],
    ['.', 'template-invalid'],
    ['patches', 'template-invalid'],
    ['kustomization.yaml/x', 'template-invalid'],
  ])('is not written to %s', async (to, code) => {
    expect(await template('x', to)).toMatchObject({
      code,
      position: { file: 'overlay-render.yaml', line: 4 },
    })
  })
})
