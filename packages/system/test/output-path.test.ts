import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'

import { SystemFault } from '../src/system-fault.ts'
import { writeAtomically } from '../src/write/atomic-write.ts'
import { makeOutputFolder } from '../src/write/output-folder.ts'
import { removeEmptyFolder, removeFile } from '../src/write/remove-file.ts'

/** `guarded/` is a stranger's tree, `mine/` is not. */
function scratch(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'output-path-test-')))
  mkdirSync(join(folder, 'guarded'))
  mkdirSync(join(folder, 'mine'))
  return folder
}

function scratchOfTest(): string {
  const folder = scratch()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const names = fc.constantFrom('a', 'b', 'c')
const path = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
const target = fc.oneof(
  path,
  path.map((to) => `../${to}`),
  path.map((to) => `../../mine/${to}`),
  fc.constantFrom('..', '../..', '/ROOT/mine', '/ROOT/guarded/a', '/ROOT/mine/a', '/dev/null', '.'),
)
const entry = fc.record({
  where: fc.constantFrom('guarded', 'mine'),
  path,
  kind: fc.oneof(
    fc.constant({ link: undefined, folder: false }),
    fc.constant({ link: undefined, folder: true }),
    target.map((link) => ({ link, folder: false })),
  ),
})

type Entry = typeof entry extends fc.Arbitrary<infer Value> ? Value : never

function lay(folder: string, entries: readonly Entry[]): void {
  for (const { where, path: at, kind } of entries) {
    const whole = join(folder, where, at)
    try {
      mkdirSync(dirname(whole), { recursive: true })
      if (kind.link !== undefined) symlinkSync(kind.link.replace('/ROOT', folder), whole)
      else if (kind.folder) mkdirSync(whole)
      else writeFileSync(whole, 'old')
    } catch {
      // The path is taken by another entry: skip it.
    }
  }
}

/** Every file, folder and link below a folder, with its content. Node's recursive readdir would follow the links. */
function contentOf(folder: string): Map<string, string> {
  const content = new Map<string, string>()
  const pending = [folder]
  for (let top = pending.pop(); top !== undefined; top = pending.pop()) {
    for (const found of readdirSync(top, { withFileTypes: true })) {
      const whole = join(top, found.name)
      if (found.isDirectory()) pending.push(whole)
      const text = found.isFile() ? readFileSync(whole, 'utf8') : found.isDirectory() ? 'folder' : 'link'
      content.set(whole, text)
    }
  }
  return content
}

test('whatever links a guarded folder contains, writes and removals affect only the given path', () => {
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 12 }),
      path,
      fc.constantFrom('write', 'remove', 'remove folder', 'make folder'),
      (entries, at, action) => {
        const folder = scratch()
        try {
          lay(folder, entries)
          const before = contentOf(folder)
          const whole = join(folder, 'guarded', at)
          const options = { guarded: [join(folder, 'guarded')] }
          let fault: unknown
          try {
            if (action === 'write') writeAtomically(whole, 'new', options)
            else if (action === 'remove') removeFile(whole, options)
            else if (action === 'remove folder') removeEmptyFolder(whole, options)
            else makeOutputFolder(whole, options)
          } catch (error) {
            fault = error
          }
          expect(fault === undefined || fault instanceof SystemFault).toBe(true)
          const isWritten = action === 'write' && fault === undefined
          expect(!isWritten || lstatSync(whole).isFile()).toBe(true)
          const after = contentOf(folder)
          const changed = [...before.keys(), ...after.keys()].filter(
            (key) => before.get(key) !== after.get(key),
          )
          // Only the path itself and its new parent folders changed.
          for (const key of changed) expect(`${whole}/`.startsWith(`${key}/`)).toBe(true)
        } finally {
          rmSync(folder, { recursive: true, force: true })
        }
      },
    ),
    { numRuns: 400 },
  )
})

test("a user's link outside of the guarded folders is followed, but a link inside them is not", () => {
  const folder = scratchOfTest()
  const options = { guarded: [join(folder, 'guarded')] }
  mkdirSync(join(folder, 'mine/disk'))
  symlinkSync('disk', join(folder, 'mine/out'))
  writeAtomically(join(folder, 'mine/out/a'), 'x', options)
  expect(readFileSync(join(folder, 'mine/disk/a'), 'utf8')).toBe('x')
  symlinkSync('../mine/disk', join(folder, 'guarded/leak'))
  symlinkSync('../guarded/leak', join(folder, 'mine/back'))
  expect(() => writeAtomically(join(folder, 'mine/back/a'), 'y', options)).toThrow(/guarded\/leak is a link/)
  expect(readFileSync(join(folder, 'mine/disk/a'), 'utf8')).toBe('x')
})

test.for(['.git', '.git/config', '.GIT/hooks/x', 'a/.git/config', 'a/b/.git'])(
  'nothing is written into %s of a guarded folder',
  (name) => {
    const folder = scratchOfTest()
    const options = { guarded: [join(folder, 'guarded')] }
    expect(() => writeAtomically(join(folder, 'guarded', name), 'x', options)).toThrow(/belongs to git/)
    expect(() => makeOutputFolder(join(folder, 'guarded', name), options)).toThrow(/belongs to git/)
  },
)

test('writes close their folders', () => {
  const folder = scratchOfTest()
  const options = { guarded: [join(folder, 'guarded')] }
  symlinkSync('../mine', join(folder, 'guarded/leak'))
  const count = (): number => readdirSync('/proc/self/fd').length
  if (process.platform !== 'linux') return
  const before = count()
  for (let index = 0; index < 50; index++) {
    writeAtomically(join(folder, 'guarded/a/b'), 'x', options)
    expect(() => writeAtomically(join(folder, 'guarded/leak/x'), 'x', options)).toThrow(SystemFault)
  }
  expect(count()).toBe(before)
})
