import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { digestOf, Fault } from '@overlay-render/system'
import { expect, test } from 'vitest'

import { openWorkspace } from '../../src/open-workspace.ts'
import { layTree, type Tree } from '../temporary-tree.ts'

// Files whose bytes in a work tree differ from those in git: line ends, keywords, encodings, filters, git LFS and git-crypt.

const FILES: Tree = {
  'overlay-render.yaml': 'version: 1\nsecrets: stub\n',
  'overlays/a/kustomization.yaml':
    'configMapGenerator: [{name: c, files: [lines.txt, keyword.txt, encoded.txt, filtered.txt, plain.txt]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n',
  'overlays/a/lines.txt': 'one\ntwo\n',
  'overlays/a/keyword.txt': '$Id$\n',
  'overlays/a/encoded.txt': 'h\0i\0',
  'overlays/a/filtered.txt': 'lower\n',
  'overlays/a/plain.txt': '1\n',
  '.gitattributes':
    'lines.txt text eol=crlf\nkeyword.txt ident\nencoded.txt text working-tree-encoding=UTF-16LE\nfiltered.txt filter=up\n',
}

function git(top: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: top,
    stdio: 'ignore',
  })
}

function commitTree(files: Tree): string {
  const top = layTree(files)
  git(top, 'init', '--quiet')
  return top
}

/** Writes every file of the commit again, through git's conversions. */
function checkOut(top: string): void {
  rmSync(join(top, 'overlays'), { recursive: true })
  git(top, 'checkout', '--', '.')
  // git looks into a file that was written in the same second as its index, and cannot know without the filter.
  for (const path of readdirSync(join(top, 'overlays'), { recursive: true, encoding: 'utf8' }))
    utimesSync(join(top, 'overlays', path), 1_000_000_000, 1_000_000_000)
  git(top, 'update-index', '--refresh')
}

test('files that git converts are no change, and no filter runs for that', async () => {
  const top = commitTree(FILES)
  const ran = join(layTree({}), 'ran')
  git(top, 'config', 'filter.up.clean', `touch ${ran}; tr A-Z a-z`)
  git(top, 'config', 'filter.up.smudge', `touch ${ran}; tr a-z A-Z`)
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=base')
  checkOut(top)
  expect(existsSync(ran)).toBe(true)
  rmSync(ran)
  const workspace = await openWorkspace(top)
  expect((await workspace.affected('HEAD')).affected).toEqual([])
  writeFileSync(join(top, 'overlays/a/plain.txt'), '2\n')
  const { overlays } = await (await openWorkspace(top)).review('HEAD')
  const paths = overlays.flatMap(({ diff }) =>
    (diff?.resources ?? []).flatMap(({ changes }) => changes.map(({ path }) => JSON.stringify(path.at(-1)))),
  )
  expect(paths).toEqual([expect.stringContaining('plain.txt')])
  expect(existsSync(ran)).toBe(false)
})

test('line ends that core.autocrlf converts are no change', async () => {
  const { '.gitattributes': _attributes, ...files } = FILES
  const top = commitTree(files)
  git(top, 'config', 'core.autocrlf', 'true')
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=base')
  checkOut(top)
  expect((await (await openWorkspace(top)).affected('HEAD')).affected).toEqual([])
})

test('a change of attributes with which a checkout has other bytes affects the overlays with such files', async () => {
  const top = commitTree(FILES)
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=base')
  for (const attributes of ['', `${FILES['.gitattributes'] ?? ''}plain.txt eol=crlf\n`]) {
    writeFileSync(join(top, '.gitattributes'), attributes)
    rmSync(join(top, 'overlays'), { recursive: true })
    git(top, 'checkout', '--', 'overlays')
    const { affected } = await (await openWorkspace(top)).affected('HEAD')
    expect(affected.map(({ overlay }) => overlay)).toEqual(['a'])
    expect(affected[0]?.reasons).toContainEqual(expect.objectContaining({ path: '.gitattributes' }))
    git(top, 'checkout', '--', '.')
  }
})

test.each([
  ['ends a conversion', '* text eol=crlf\n', '', '*.txt -text\n'],
  ['uses a macro of another file', '[attr]ends text eol=crlf\n', '', 'lines.txt ends\n'],
  ['no longer uses a macro', '[attr]ends text eol=crlf\n', 'lines.txt ends\n', '*.md ends\n'],
])(
  'a line of .gitattributes that %s affects the overlays with such files',
  async (_title, all, before, after) => {
    const top = commitTree({ ...FILES, '.gitattributes': all, 'overlays/a/.gitattributes': before })
    git(top, 'add', '--all')
    git(top, 'commit', '--quiet', '--message=base')
    writeFileSync(join(top, 'overlays/a/.gitattributes'), after)
    rmSync(join(top, 'overlays/a/lines.txt'))
    git(top, 'checkout', '--', 'overlays/a/lines.txt')
    const { affected } = await (await openWorkspace(top)).affected('HEAD')
    expect(affected.map(({ overlay }) => overlay)).toEqual(['a'])
  },
)

test('without conversions a change of .gitattributes affects nothing', async () => {
  const top = commitTree({ ...FILES, '.gitattributes': '* text=auto\n' })
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=base')
  writeFileSync(join(top, '.gitattributes'), '*.md linguist-documentation\n')
  expect((await (await openWorkspace(top)).affected('HEAD')).affected).toEqual([])
})

const CONTENT = 'the content\n'
const DIGEST = digestOf(Buffer.from(CONTENT))
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${DIGEST}\nsize 12\n`
const CRYPT = '\0GITCRYPT\0abcdefgh'

/** A repository whose only overlay embeds a file with the text. */
function withFile(text: string): string {
  const top = commitTree({
    'overlay-render.yaml': 'version: 1\nsecrets: stub\n',
    'overlays/a/kustomization.yaml': 'configMapGenerator: [{name: c, files: [big.txt]}]\n',
    'overlays/a/big.txt': text,
  })
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=base')
  return top
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  try {
    await work
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('there is no fault')
}

test.each([
  ['a pointer of git LFS', POINTER, /git lfs pull/u],
  ['a file that git-crypt encrypted', CRYPT, /git-crypt unlock/u],
])('%s is never rendered as content', async (_title, text, hint) => {
  const workspace = await openWorkspace(withFile(text))
  for (const secrets of ['stub', 'real'] as const) {
    const fault = await faultOf(workspace.render('a', { secrets }))
    expect({ code: fault.code, message: fault.message }).toEqual({
      code: 'content-missing',
      message: expect.stringContaining('overlays/a/big.txt'),
    })
    expect(fault.hint).toMatch(hint)
  }
  const found = await workspace.check(['a'])
  expect(found.map(({ rule }) => rule)).toContain('not-rendered')
})

test('a pointer of a revision is read from what git LFS fetched, and else it is told how to fetch it', async () => {
  const top = withFile(POINTER)
  writeFileSync(join(top, 'overlays/a/big.txt'), CONTENT)
  const review = async () => (await openWorkspace(top)).review('HEAD')
  const [told] = (await review()).overlays
  expect(told?.faultBefore?.code).toBe('content-missing')
  expect(told?.faultBefore?.hint).toMatch(/git lfs fetch origin [0-9a-f]{12}/u)

  const store = join(top, '.git/lfs/objects', DIGEST.slice(0, 2), DIGEST.slice(2, 4), DIGEST)
  mkdirSync(dirname(store), { recursive: true })
  writeFileSync(store, 'other bytes')
  expect((await review()).overlays[0]?.faultBefore?.code).toBe('content-missing')
  writeFileSync(store, CONTENT)
  expect((await review()).overlays).toEqual([])
})

test('names that differ only in case or in their Unicode form are different files on both sides', async () => {
  const names = ['A.txt', 'a.txt', '\u00e9.txt', 'e\u0301.txt']
  const top = commitTree({
    'overlay-render.yaml': 'version: 1\nsecrets: stub\n',
    'overlays/x/kustomization.yaml': `configMapGenerator: [{name: c, files: [${names.map((name, index) => `"k${index}=${name}"`).join(', ')}]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n`,
    ...Object.fromEntries(names.map((name) => [`overlays/x/${name}`, `${name}\n`])),
  })
  // macOS and Windows have one file for some of these names.
  if (readdirSync(join(top, 'overlays/x')).length < names.length + 1) return
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=base')
  expect((await (await openWorkspace(top)).affected('HEAD')).affected).toEqual([])
  for (const [index, name] of names.entries()) {
    writeFileSync(join(top, 'overlays/x', name), 'other\n')
    const { overlays } = await (await openWorkspace(top)).review('HEAD')
    const paths = overlays.flatMap(({ diff }) =>
      (diff?.resources ?? []).flatMap(({ changes }) =>
        changes.map(({ path }) => JSON.stringify(path.at(-1))),
      ),
    )
    expect(paths, `${name}`).toEqual([expect.stringContaining(`k${index}`)])
    git(top, 'checkout', '--', '.')
  }
})
