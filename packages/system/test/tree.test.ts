import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import {
  diskView,
  LayeredView,
  memoryView,
  narrowedView,
  onlyListed,
  RecordingView,
  stillMatches,
  Tree,
  type TreeView,
  whyNotRead,
} from '../src/index.ts'

/** Files by path; content that starts with `-> ` is a link's target. */
type Files = Readonly<Record<string, string>>

function onDisk(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tree-test-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    const place = join(root, path)
    mkdirSync(dirname(place), { recursive: true })
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), place)
    else writeFileSync(place, content)
  }
  return root
}

function inMemory(files: Files): TreeView {
  const entries = Object.entries(files).map(
    ([path, content]) =>
      [`/t/${path}`, content.startsWith('-> ') ? { link: content.slice(3) } : Buffer.from(content)] as const,
  )
  return memoryView(new Map(entries))
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

/** The result of `open`: the content of a file, or the outcome and the reason. */
function answer(tree: Tree, path: string): string {
  const opened = tree.open(path)
  if (opened.outcome === 'file') return text(opened.read())
  return `${opened.outcome}: ${whyNotRead(opened, (shown) => shown)}`
}

const FILES: Files = {
  'in/a': 'A',
  'in/b': '-> a',
  'in/far': '-> ../other/x/../a',
  'in/dir': '-> ../other/deep',
  'in/up': '-> dir/../a',
  'in/gone': '-> nowhere/a',
  'in/ring': '-> ring2',
  'in/ring2': '-> ring',
  'in/out': '-> /outside/a',
  'in/below/a': 'below',
  'other/a': 'other',
  'other/x/keep': '',
  'other/deep/keep': '',
}

const ANSWERS: Readonly<Record<string, string>> = {
  'in/a': 'A',
  'in/b': 'A',
  'in/below/../a': 'A',
  'in/far': 'other',
  // `..` after a link is the parent of its target, ../other/deep.
  'in/up': 'other',
  'in/none': 'missing: does not exist',
  'in/a/none': 'missing: does not exist',
  'in/gone': 'broken-link: is a link to nowhere/a, which does not exist',
  'in/ring': 'link-loop: is a link that leads back to itself',
  'in/below': 'not-a-file: is not a file but a folder',
  'in/out': 'outside: is a link that leads outside the tree that this workspace may read',
  '../x': 'outside: is outside the tree that this workspace may read',
}

test.each(Object.entries(ANSWERS))('%s is answered alike on the disk and in memory', (path, expected) => {
  const root = onDisk(FILES)
  expect(answer(new Tree(diskView, { boundary: [root] }), join(root, path))).toBe(expected)
  expect(answer(new Tree(inMemory(FILES), { boundary: ['/t'] }), join('/t', path))).toBe(expected)
})

test.skipIf(process.platform === 'win32')('targets of links are resolved as the system resolves them', () => {
  const root = onDisk({ 'd/a': 'A', 'd/e/b': 'B', a: 'C', out: '-> d/e', self: '-> self' })
  const tree = new Tree(diskView, { boundary: [root] })
  const names = ['a', 'd', 'e', 'out', 'self', 'gone', '.', '..', '']
  const targets = names.flatMap((first) =>
    names.flatMap((second) => names.flatMap((third) => [[first, second, third], [second, third], [third]])),
  )
  for (const target of new Set(targets.map((each) => each.join('/')))) {
    // An absolute target leaves the test's folder, and no link is empty.
    if (target === '' || target.startsWith('/')) continue
    const link = join(root, 'd', 'link')
    symlinkSync(target, link)
    tree.forget()
    const found = tree.follow(link)
    const own = found.outcome === 'found' ? found.real : found.outcome
    expect(`${target}: ${own}`).toBe(`${target}: ${systemAnswer(link)}`)
    rmSync(link)
  }
})

function systemAnswer(link: string): string {
  try {
    statSync(link)
    return realpathSync.native(link)
  } catch (error) {
    return String(error).includes('ELOOP') ? 'loop' : 'missing'
  }
}

test('255 links in a row are followed; 256 are a loop', () => {
  const chain = (length: number): TreeView =>
    inMemory({
      end: 'x',
      ...Object.fromEntries(
        Array.from({ length }, (_, index) => [`l${index}`, `-> ${index === 0 ? 'end' : `l${index - 1}`}`]),
      ),
    })
  expect(answer(new Tree(chain(255), { boundary: ['/t'] }), '/t/l254')).toBe('x')
  expect(new Tree(chain(256), { boundary: ['/t'] }).open('/t/l255').outcome).toBe('link-loop')
})

test('nothing is below a link in a loop on the disk', () => {
  const root = onDisk({ ring: '-> ring' })
  expect(diskView.kindOf(join(root, 'ring'))).toBe('link')
  expect(diskView.kindOf(join(root, 'ring/a'))).toBeUndefined()
})

test('a folder whose name starts like the boundary is outside of it', () => {
  const tree = new Tree(inMemory({ 'in/a': 'A', 'inner/a': 'B' }), { boundary: ['/t/in'] })
  expect([tree.open('/t/in/a').outcome, tree.open('/t/inner/a').outcome]).toEqual(['file', 'outside'])
})

test('a pipe, a socket and a device are never opened, even without a check before', async () => {
  const root = onDisk({ 'a/x': '' })
  const pipe = join(root, 'pipe')
  execFileSync('mkfifo', [pipe])
  const socket = join(root, 'socket')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  onTestFinished(() => void server.close())
  const tree = new Tree(diskView, { boundary: ['/'] })
  for (const [kind, path] of Object.entries({ pipe, socket, device: '/dev/zero' })) {
    expect(tree.open(path)).toMatchObject({ outcome: 'not-a-file', kind })
    expect(() => diskView.readFile(path)).toThrow(expect.objectContaining({ code: 'ENOTFILE' }))
  }
})

test('a link that replaces a file between check and read is not followed', () => {
  const root = onDisk({ a: 'A', secret: 'S' })
  const opened = new Tree(diskView, { boundary: [root] }).open(join(root, 'a'))
  rmSync(join(root, 'a'))
  symlinkSync('secret', join(root, 'a'))
  if (opened.outcome !== 'file') throw new Error(opened.outcome)
  expect(() => opened.read()).toThrow('it is not a regular file')
})

test('entries of the layer hide those below', () => {
  const view = new LayeredView(inMemory({ 'd/a': 'a', 'd/b': 'b', 'e/f/g': 'g' }))
  view.addFile('/t/d/new/x', Buffer.from('x'))
  view.remove('/t/d/b')
  view.remove('/t/e')
  expect(view.list('/t/d')).toEqual(['a', 'new'])
  expect(text(view.readFile('/t/d/new/x'))).toBe('x')
  expect([view.kindOf('/t/e/f/g'), view.kindOf('/t/e')]).toEqual([undefined, undefined])
  expect([view.isAdded('/t/d/new/x'), view.isAdded('/t/d/a')]).toEqual([true, false])
})

test('only listed entries are visible, also through links', () => {
  const files = { 'in/a': 'A', 'in/secret/token': 'S', 'in/link': '-> secret/token', 'in/dir': '-> secret' }
  const seen = onlyListed('/t/in', ['/t/in/a', '/t/in/link', '/t/in/dir'])
  const tree = new Tree(narrowedView(inMemory(files), seen), { boundary: ['/t/in'] })
  expect(answer(tree, '/t/in/a')).toBe('A')
  for (const path of ['secret/token', 'link', 'dir/token', 'secret']) {
    expect(answer(tree, `/t/in/${path}`)).toMatch(/outside the tracked tree/)
  }
  expect(tree.view.list('/t/in')).toEqual(['a', 'dir', 'link'])
  expect(() => tree.view.readFile('/t/in/secret/token')).toThrow('ENOENT')
})

test('every read is observed, and the observation matches until the entry changes', () => {
  const files: Record<string, string> = { a: 'A', l: '-> a', 'd/x': 'x' }
  const recorder = new RecordingView(inMemory(files))
  const tree = new Tree(recorder, { boundary: ['/t'] })
  expect([answer(tree, '/t/l'), answer(tree, '/t/none')]).toEqual(['A', 'missing: does not exist'])
  recorder.list('/t/d')
  const observations = recorder.observations().filter(({ path }) => path !== '/t')
  expect(observations.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    '/t/a file',
    '/t/d folder',
    '/t/l link',
    '/t/none absent',
  ])
  const changes: readonly [Record<string, string>, string[]][] = [
    [{ a: 'B' }, ['/t/a']],
    [{ l: '-> d/x' }, ['/t/l']],
    [{ 'd/y': 'y' }, ['/t/d']],
    [{ none: 'now' }, ['/t/none']],
    [{ unrelated: 'x' }, []],
  ]
  for (const [change, broken] of changes) {
    const view = inMemory({ ...files, ...change })
    expect(observations.filter((seen) => !stillMatches(seen, view)).map(({ path }) => path)).toEqual(broken)
  }
})

test('reads through a recording see one consistent state of the tree', () => {
  const root = onDisk({ a: 'before' })
  const recorder = new RecordingView(diskView)
  expect(text(recorder.readFile(join(root, 'a')))).toBe('before')
  writeFileSync(join(root, 'a'), 'after')
  expect(text(recorder.readFile(join(root, 'a')))).toBe('before')
})
