import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { diskView } from '@overlay-render/system'
import { expect, onTestFinished, test } from 'vitest'

import { findBoundary } from '../src/boundary.ts'
import { Stage } from '../src/stage.ts'
import { layTree, readTree, type Tree } from './temporary-tree.ts'

function open(files: Tree) {
  const root = layTree({ '.git/HEAD': '', ...files })
  const at = (path: string): string => join(root, path)
  const stage = new Stage(diskView, findBoundary(root, undefined), (path) => relative(root, path))
  const materialize = (...paths: string[]): Tree => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'overlay-render-test-')))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    stage.materialize(folder, paths.map(at))
    return readTree(folder)
  }
  return { root, at, stage, materialize }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

test('a staged file takes the place of the one of the tree, which is unchanged', () => {
  const { root, at, stage, materialize } = open({ 'a/x.yaml': 'old' })
  stage.write(at('a/x.yaml'), Buffer.from('new'), { kind: 'stub' })
  expect(text(stage.read(at('a/x.yaml')))).toBe('new')
  expect(materialize('a/x.yaml')).toEqual({ 'a/x.yaml': 'new' })
  expect(readTree(root)['a/x.yaml']).toBe('old')
})

test('only the files that are named are staged', () => {
  const { materialize } = open({ 'a/x.yaml': 'x', 'a/y.yaml': 'y', 'b/z.yaml': 'z' })
  expect(materialize('a/x.yaml', 'b/z.yaml')).toEqual({ 'a/x.yaml': 'x', 'b/z.yaml': 'z' })
})

test('links stay links, and absolute links become relative to the staged target', () => {
  const { at, materialize } = open({ 'real/x.yaml': 'x', 'a/link.yaml': '-> ../real/x.yaml' })
  const { symlinkSync } = process.getBuiltinModule('node:fs')
  symlinkSync(at('real/x.yaml'), at('a/absolute.yaml'))
  expect(materialize('a/link.yaml', 'a/absolute.yaml', 'real/x.yaml')).toEqual({
    'a/absolute.yaml': '-> ../real/x.yaml',
    'a/link.yaml': '-> ../real/x.yaml',
    'real/x.yaml': 'x',
  })
})

test('writing to a link writes the target of the link', () => {
  const { at, stage, materialize } = open({ 'real/x.yaml': 'x', 'a/link.yaml': '-> ../real/x.yaml' })
  stage.write(at('a/link.yaml'), Buffer.from('new'), { kind: 'stub' })
  expect(materialize('a/link.yaml', 'real/x.yaml')).toEqual({
    'a/link.yaml': '-> ../real/x.yaml',
    'real/x.yaml': 'new',
  })
})

test('folders that exist only for a staged file are listed', () => {
  const { at, stage } = open({ 'a/x.yaml': 'x' })
  stage.write(at('a/configs/config/config.yaml'), Buffer.from('c'), { kind: 'stub' })
  expect(stage.tree.view.kindOf(at('a/configs/config'))).toBe('folder')
  expect(stage.tree.view.list(at('a'))).toEqual(['configs', 'x.yaml'])
})

test('a removed file is gone', () => {
  const { at, stage } = open({ 'a/x.yaml': 'x', 'a/y.yaml': 'y' })
  stage.remove(at('a/x.yaml'))
  expect(stage.tree.view.kindOf(at('a/x.yaml'))).toBeUndefined()
  expect(stage.tree.view.list(at('a'))).toEqual(['y.yaml'])
})

test('nothing is written outside of the tree, also not through a link', () => {
  const { root, at, stage } = open({ 'a/out': '-> ../../' })
  expect(() => stage.write(join(root, '..', 'x.yaml'), Buffer.from(''), { kind: 'stub' })).toThrow(
    /outside the tree/,
  )
  expect(() => stage.write(at('a/out/x.yaml'), Buffer.from(''), { kind: 'stub' })).toThrow(/outside the tree/)
})

test('a cycle of links has the outcome link-loop', () => {
  const { at, stage } = open({ 'a/one': '-> two', 'a/two': '-> one' })
  expect(stage.open(at('a/one')).outcome).toBe('link-loop')
})
