import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { layTree, type Tree } from './temporary-tree.ts'

const TREE = {
  'overlays/a/kustomization.yaml': '',
  'overlays/b/kustomization.yaml': '',
  'other/deep/c/kustomization.yaml': '',
  'overlays/.hidden/x': '',
}

async function pathsOf(patterns: readonly string[], tree: Tree = TREE): Promise<string[]> {
  const folder = layTree({
    ...tree,
    'overlay-render.yaml': `version: 1\noverlays: ${JSON.stringify(patterns)}\n`,
  })
  const { overlays } = await openWorkspace(folder)
  return overlays.map(({ path }) => path).sort()
}

const MATCHES: readonly (readonly [patterns: readonly string[], paths: readonly string[]])[] = [
  [['overlays/*'], ['overlays/a', 'overlays/b']],
  [['overlays/*', '!overlays/b'], ['overlays/a']],
  [['overlays/{a,b}'], ['overlays/a', 'overlays/b']],
  [['{overlays/a,other/*/c}'], ['other/deep/c', 'overlays/a']],
  [['**/c'], ['other/deep/c']],
  [['./overlays/a', 'overlays/a/'], ['overlays/a']],
  [['overlays/[^b]'], ['overlays/a']],
  [['overlays/.*'], ['overlays/.hidden']],
]

test.for(MATCHES)('%j matches %j', async ([patterns, paths]) => {
  expect(await pathsOf(patterns)).toEqual(paths)
})

const UNMATCHED: readonly (readonly [pattern: string, hint: string])[] = [
  ['overlay/*', 'did you mean overlays/*?'],
  ['overlays/aa', 'did you mean overlays/a?'],
  ['other/dep/c', 'did you mean other/deep/c?'],
  ['overlays/zzzzzz/*', 'the folders in overlays are .hidden, a, b'],
  ['overlays/a/*', 'overlays/a has no folders'],
  ['overlays/a/kustomization.yaml', 'name the folder of this file, overlays/a'],
]

test.for(UNMATCHED)('%s matches nothing, and the nearest folder is named', async ([pattern, hint]) => {
  await expect(pathsOf(['overlays/a', pattern])).rejects.toMatchObject({
    code: 'overlays-unmatched',
    sentence: `${pattern} in overlays matches no folder`,
    position: { line: 2 },
    hint,
  })
})

test.for(['../*', '../../../../**', '/../..', '../outside'])(
  '%s leads out of the tree, and is refused',
  async (pattern) => {
    await expect(pathsOf([pattern])).rejects.toMatchObject({ code: 'outside-boundary' })
  },
)

const GROWTH: readonly (readonly [what: string, pattern: string, says: RegExp])[] = [
  ['braces that multiply', '{a,b}'.repeat(25), /more than 1000 alternatives/],
  [
    'nested braces',
    `${'{a,'.repeat(20)}b${'}'.repeat(20)}${'{a,b}'.repeat(12)}`,
    /more than 1000 alternatives/,
  ],
  ['a range', '{1..100000000}', /more than 1000 alternatives/],
  ['groups that multiply', '@(a|b)'.repeat(25), /more than 1000 alternatives/],
  ['stars', `${'*a'.repeat(30)}b`, /more than 4 stars in one name/],
  ['repeated groups', '+(a|aa)b', /not supported/],
  ['its length', 'a'.repeat(2000), /longer than 500 characters/],
]

test.for(GROWTH)('a pattern is refused at a limit for %s', async ([, pattern, says]) => {
  const names = Object.fromEntries(['a'.repeat(200), 'b'].map((name) => [`${name}/x`, '']))
  await expect(pathsOf([pattern], names)).rejects.toMatchObject({
    code: 'pattern-invalid',
    sentence: expect.stringMatching(says),
  })
})

test('a link to a folder of the tree is an overlay, one out of the tree is not, and a cycle of links ends', async () => {
  const folder = layTree({ ...TREE, 'overlay-render.yaml': 'version: 1\noverlays: ["overlays/**"]\n' })
  const outside = layTree({ 'leak/kustomization.yaml': '' })
  symlinkSync('../other/deep/c', join(folder, 'overlays/inside'))
  symlinkSync(join(outside, 'leak'), join(folder, 'overlays/leak'))
  symlinkSync('..', join(folder, 'overlays/a/circle'))
  const { overlays } = await openWorkspace(folder)
  expect(overlays.map(({ path }) => path)).toEqual([
    'overlays/a',
    'overlays/b',
    'overlays/a/circle',
    'overlays/inside',
  ])
})

test('a workspace without overlays in its configuration may have none', async () => {
  const folder = layTree({ 'overlay-render.yaml': 'version: 1\n' })
  mkdirSync(join(folder, 'overlays'))
  expect((await openWorkspace(folder)).overlays).toEqual([])
})
