import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { diskView, Fault, formatPosition, stillMatches, Tree } from '@overlay-render/system'
import { expect, test } from 'vitest'

import { findBoundary } from '../src/boundary.ts'
import { layInherited } from '../src/inherit.ts'
import { lineageOf } from '../src/lineage.ts'
import { findOverlays, pickOverlay } from '../src/overlays.ts'
import { Stage } from '../src/stage.ts'
import { readWorkspaceConfig } from '../src/read-workspace-config.ts'
import { openWorkspace } from '../src/open-workspace.ts'
import { layTree } from './temporary-tree.ts'

async function openOverlays(settings: string, folders: readonly string[]) {
  const root = layTree(Object.fromEntries(folders.map((folder) => [`overlays/${folder}/.keep`, ''])))
  const config = readWorkspaceConfig(`version: 1\nsettings:\n${settings}`, { kubevirtShaped: true })
  return findOverlays(new Tree(diskView, { boundary: [root] }), root, config)
}

test('a file of the parent replaces one of the same path; other files stay', async () => {
  const root = layTree({
    'overlays/parent/kustomization.yaml': 'parent',
    'overlays/parent/patches/deck.yaml': 'parent deck',
    'overlays/parent/patches/json/hook.yaml': 'parent hook',
    'overlays/parent/resources/rbac.yaml': 'parent rbac',
    'overlays/parent/yq_scripts/config.yaml': '.parent = 1',
    'overlays/parent/secrets/token': 'parent token',
    'overlays/child/Kustomization': 'child',
    'overlays/child/patches/deck.yaml': 'child deck',
    'overlays/child/patches/own.yaml': 'child own',
  })
  const config = readWorkspaceConfig('version: 1\nsettings: {child: {extends: parent}}', {
    kubevirtShaped: true,
  })
  const overlays = await findOverlays(new Tree(diskView, { boundary: [root] }), root, config)
  const child = pickOverlay(overlays, 'child')
  const stage = new Stage(diskView, findBoundary(root, undefined), (path) => relative(root, path))
  layInherited(stage, child, lineageOf(child, overlays))
  const read = (path: string): string | undefined =>
    stage.tree.view.kindOf(join(child.folder, path)) === undefined
      ? undefined
      : Buffer.from(stage.read(join(child.folder, path))).toString()
  expect({
    kustomization: read('kustomization.yaml'),
    other: read('Kustomization'),
    deck: read('patches/deck.yaml'),
    hook: read('patches/json/hook.yaml'),
    own: read('patches/own.yaml'),
    rbac: read('resources/rbac.yaml'),
    script: read('yq_scripts/config.yaml'),
    secret: read('secrets/token'),
  }).toEqual({
    kustomization: 'parent',
    other: undefined,
    deck: 'parent deck',
    hook: 'parent hook',
    own: 'child own',
    rbac: 'parent rbac',
    script: undefined,
    secret: undefined,
  })
})

test('a cycle of extends is an error that shows it', async () => {
  const overlays = await openOverlays('  a: {extends: b}\n  b: {extends: c}\n  c: {extends: a}\n', [
    'a',
    'b',
    'c',
  ])
  expect(() => lineageOf(pickOverlay(overlays, 'a'), overlays)).toThrow(/a -> b -> c -> a/)
})

test('an unknown parent is an error with the nearest name, at its line', async () => {
  const overlays = await openOverlays('  a:\n    extends: prodution\n', ['a', 'production'])
  expect(() => lineageOf(pickOverlay(overlays, 'a'), overlays)).toThrow(
    expect.objectContaining({
      code: 'overlay-unknown',
      position: expect.objectContaining({ line: 4 }),
      hint: 'did you mean production?',
    }),
  )
})

test('settings for an overlay that does not exist are an error', async () => {
  await expect(openOverlays('  tseting: {}\n', ['testing'])).rejects.toMatchObject({
    hint: 'did you mean testing?',
  })
})

test('overlays with the same basename are named by their paths', async () => {
  const root = layTree({ 'prow/base/x': '', 'infra/base/x': '', 'prow/metal/x': '' })
  const config = readWorkspaceConfig('version: 1\noverlays: ["*/*"]', { kubevirtShaped: false })
  const overlays = await findOverlays(new Tree(diskView, { boundary: [root] }), root, config)
  expect(overlays.map(({ name }) => name)).toEqual(['infra/base', 'metal', 'prow/base'])
  expect(() => pickOverlay(overlays, 'base')).toThrow(/names 2 overlays/)
  expect(pickOverlay(overlays, 'prow/metal/').name).toBe('metal')
})

test('a file that is added to a folder of the parent changes the observations of the render', async () => {
  const root = layTree({
    'overlay-render.yaml': 'version: 1\nsettings: {child: {extends: parent}}\n',
    'overlays/parent/kustomization.yaml': 'resources: [resources/a.yaml]\n',
    'overlays/parent/resources/a.yaml': 'a',
    'overlays/child/.keep': '',
  })
  const { inputs, observations } = await (await openWorkspace(root)).renderConfigs('child')
  const names = inputs.map((path) => relative(root, path))
  expect(names).toContain('overlays/parent/resources')
  expect(names).toContain('overlays/parent/resources/a.yaml')
  expect(names).toContain('overlays/parent/patches')
  expect(observations.filter((seen) => !stillMatches(seen, diskView))).toEqual([])
  writeFileSync(join(root, 'overlays/parent/resources/b.yaml'), 'b')
  const changed = observations.filter((seen) => !stillMatches(seen, diskView))
  expect(changed.map(({ path }) => relative(root, path))).toEqual(['overlays/parent/resources'])
})

test.each([
  [
    'a kustomization',
    { 'kustomization.yaml': 'resources: [resources/a.yaml]\nnope: 1\n' },
    'kustomization.yaml:2:1',
  ],
  ['a resource', { 'resources/a.yaml': 'a: [\n' }, 'resources/a.yaml:2:1'],
])('an error in %s that is inherited is at the file of the overlay that has it', async (_, files, place) => {
  const laid = {
    'kustomization.yaml': 'resources: [resources/a.yaml]\n',
    'resources/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    ...files,
  }
  const root = layTree({
    'overlay-render.yaml': 'version: 1\nsettings: {child: {extends: parent}, parent: {extends: top}}\n',
    ...Object.fromEntries(Object.entries(laid).map(([path, text]) => [`overlays/top/${path}`, text])),
    'overlays/parent/.keep': '',
    'overlays/child/.keep': '',
  })
  const workspace = await openWorkspace(root)
  for (const name of ['child', 'parent', 'top']) {
    const fault: unknown = await workspace.render(name).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(Fault)
    const position = fault instanceof Fault ? fault.position : undefined
    expect(position && formatPosition(position)).toBe(`overlays/top/${place}`)
  }
})

test.each([
  ['parent', { 'overlays/parent': '-> ../real' }, 'real', 'overlays/child'],
  ['child', { 'overlays/child': '-> ../real' }, 'overlays/parent', 'real'],
  ['parent, as that of the child,', { 'overlays/parent': '-> child' }, 'overlays/child', 'overlays/child'],
])('the folder of the %s may be a link', async (_title, links, parent, child) => {
  const root = layTree({
    'overlay-render.yaml': 'version: 1\nsecrets: stub\nsettings: {child: {extends: parent}}\n',
    [`${child}/kustomization.yaml`]: 'namePrefix: child-\n',
    [`${parent}/kustomization.yaml`]: 'resources: [resources/a.yaml]\n',
    [`${parent}/resources/a.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: inherited}\n',
    ...links,
  })
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
  ])
    execFileSync('git', args, { cwd: root })
  const { resources } = await (await openWorkspace(root)).render('child')
  expect(resources.map(({ id }) => id.name)).toEqual(['inherited'])
})
