import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type GoldenFileChange, goldenPatch, GoldenStore, parseManifests } from '../src/index.ts'
import { document } from './support/manifests.ts'

let tree: string
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'core.autocrlf=false', ...args], { cwd: tree, encoding: 'utf8', stdio: 'pipe' })
const at = (path: string): string => join(tree, path)
const lay = (path: string, content: Uint8Array | string): void => {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), content)
}
const apply = (patch: Uint8Array): void => {
  writeFileSync(at('golden.patch'), patch)
  git('apply', '--whitespace=nowarn', 'golden.patch')
}

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'overlay-render-patch-'))
  git('init', '--quiet')
})
afterAll(() => rmSync(tree, { recursive: true }))

/** Applies the patch to a tree with the old files, and returns the new files. */
const applied = (changes: readonly GoldenFileChange[], folder = 'golden'): (Uint8Array | undefined)[] => {
  rmSync(at(folder), { recursive: true, force: true })
  mkdirSync(at(folder), { recursive: true })
  for (const { path, before } of changes) if (before !== undefined) lay(`${folder}/${path}`, before)
  apply(goldenPatch(changes, folder))
  return changes.map(({ path, after }) => {
    try {
      return readFileSync(at(`${folder}/${path}`))
    } catch {
      return after === undefined ? undefined : Buffer.from('there is no such file')
    }
  })
}

describe('git apply accepts the patch of a golden', () => {
  const bytes = fc.oneof(
    fc
      .array(
        fc.constantFrom(
          'a',
          'b',
          'c: 1',
          '- x',
          '',
          'ä',
          'a\r',
          '\\ No newline',
          '-- ',
          '@@',
          'diff --git a/x b/x',
        ),
      )
      .map((lines) => Buffer.from(lines.map((line) => `${line}\n`).join(''))),
    fc.uint8Array({ minLength: 1, maxLength: 60 }).map((array) => Buffer.from(array)),
    fc
      .constantFrom('no newline at the end', '\n', '\u0000\n\u0000', 'x\n\n\n')
      .map((text) => Buffer.from(text)),
  )
  const side = fc.option(
    bytes.filter(({ length }) => length > 0),
    { nil: undefined },
  )

  test('for any bytes, and for new and deleted files', () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        if ((before === undefined && after === undefined) || (after !== undefined && before?.equals(after)))
          return
        expect(applied([{ path: 'x.yaml', before, after }])).toEqual([after])
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    'with blank.yaml',
    'a  b /c.yaml',
    'quo\'te".yaml',
    'ümlaut.yaml',
    'tab\there.yaml',
    'back\\slash.yaml',
  ])('the path %j', (path) => {
    for (const [before, after] of [
      ['a\n', 'b\n'],
      [undefined, 'b\n'],
      ['a\n', undefined],
    ] as const) {
      const change = {
        path,
        before: before === undefined ? undefined : Buffer.from(before),
        after: after === undefined ? undefined : Buffer.from(after),
      }
      expect(applied([change], 'gol den')).toEqual([change.after])
    }
  })

  test('for so many changed lines that all are replaced', () => {
    const lines = (word: string): Buffer =>
      Buffer.from(Array.from({ length: 5000 }, (_, index) => `${word}${index}\n`).join(''))
    expect(applied([{ path: 'x.yaml', before: lines('a'), after: lines('b') }])).toEqual([lines('b')])
  })
})

test.each(['file', 'resources'] as const)(
  'applying the patch is what an update does, in layout %s',
  async (layout) => {
    const render = (replicas: number, name: string) =>
      parseManifests(
        [
          document('Service', 'same'),
          document('ConfigMap', 'a b', `data: {r: "${replicas}"}\n`).replace('name: a b', 'name: a.b'),
          document('Pod', name),
        ].join('---\n'),
        { file: 'render' },
      )
    rmSync(at('golden'), { recursive: true, force: true })
    const store = new GoldenStore(at('golden'), { layout })
    await store.update('testing', render(1, 'old'))
    const { changes } = await store.plan('testing', render(2, 'new'))
    apply(goldenPatch(changes, 'golden'))
    expect((await store.plan('testing', render(2, 'new'))).changes).toEqual([])
    const { diff } = await store.check('testing', render(2, 'new'))
    expect(diff.resources).toEqual([])
  },
)
