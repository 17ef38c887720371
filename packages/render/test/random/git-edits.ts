import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { chance, pick } from '../../../../test/differential/draw.ts'
import type { Edit, EditSite } from './edit.ts'
import { isLink, named, writeText } from './file-edits.ts'
import { STARTING_FILES } from './starting-files.ts'

const ATTRIBUTES = [
  '',
  '* eol=crlf\n',
  '* text=auto\n',
  '*.txt text eol=crlf\n',
  '*.txt -text\n',
  '*.txt ident\n',
  '*.txt -ident\n',
  '*.txt binary\n',
  '*.txt filter=swap\n',
  '*.txt !filter\n',
  '[attr]ends text eol=crlf\n',
  '[attr]ends text eol=crlf\n*.yaml ends\n',
  '*.txt ends\n',
  'cm.yaml text eol=crlf\n',
  '*.md linguist-documentation\n',
] as const

const IGNORES = ['resources/', 'secrets/', 'two.yaml', 'overlays/b/', '!two.yaml'] as const

/** Edits of how git writes files to a work tree. */
export const ATTRIBUTE_EDITS: readonly Edit[] = [writeAttributes, writeAttributes, removeAttributes]

/** A submodule: git tracks a commit there, and none of the files. */
export const SUBMODULE_EDITS: readonly Edit[] = [addRepository, removeRepositories]

/** The filter that `.gitattributes` names: the work tree has `uno` where git has `one`. */
export function configureFilter({ git }: EditSite): void {
  git('config', 'filter.swap.clean', 'sed s/uno/one/')
  git('config', 'filter.swap.smudge', 'sed s/one/uno/')
}

function writeAttributes({ draw, top }: EditSite): string {
  const folder = pick(draw, ['.', '.', 'kustom', 'kustom/overlays/a', 'kustom/overlays/b/texts', 'shared'])
  const text = pick(draw, ATTRIBUTES)
  return named(`write ${JSON.stringify(text)} to ${folder}/.gitattributes`, () =>
    writeText(join(top, folder, '.gitattributes'), text),
  )
}

function removeAttributes({ top }: EditSite): string {
  for (const path of attributesIn(top)) rmSync(path, { force: true })
  return 'remove every .gitattributes'
}

/** The paths of all `.gitattributes`, links not followed. */
export function attributesIn(top: string): string[] {
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('.git/') && path.split('/').at(-1) === '.gitattributes')
    .map((path) => join(top, path))
}

function addRepository({ draw, top, git }: EditSite): string {
  const folder = dirname(
    pick(
      draw,
      [...STARTING_FILES.keys()].filter((path) => path.includes('/overlays/')),
    ),
  )
  return named(`repository in ${folder}`, () => {
    const place = join(top, folder)
    if (isLink(place) || !existsSync(place)) return
    const as = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
    git('init', '--quiet', place)
    git(...as, '-C', place, 'commit', '--quiet', '--allow-empty', '--message=inner')
    git('rm', '--quiet', '--cached', '-r', folder)
    git('add', folder)
  })
}

function removeRepositories({ top, git }: EditSite): string {
  for (const path of readdirSync(top, { recursive: true, encoding: 'utf8' })) {
    if (!path.startsWith('.git/') && path.endsWith('/.git')) {
      rmSync(join(top, path), { recursive: true, force: true })
      git('rm', '--quiet', '--cached', dirname(path))
    }
  }
  return 'remove every inner repository'
}

/** Edits of what a commit does not record: the index, ignore rules outside of the tree, times, sparse checkouts. */
export const WORK_TREE_EDITS: readonly Edit[] = [
  onFile('old times', (_site, place) => {
    if (!isLink(place)) utimesSync(place, 1_000_000_000, 1_000_000_000)
  }),
  onFile('empty repository beside', (_site, place) =>
    mkdirSync(join(dirname(place), '.git', 'refs'), { recursive: true }),
  ),
  onFile('append to the excludes', ({ draw, top }) =>
    appendFileSync(join(top, '.git/info/exclude'), `${pick(draw, IGNORES)}\n`),
  ),
  onFile('empty the excludes', ({ top }) => writeFileSync(join(top, '.git/info/exclude'), '')),
  onFile('git add', ({ git }, place) => git('add', '--force', place)),
  onFile('git rm --cached', ({ git }, place) => git('rm', '--quiet', '--cached', '-r', place)),
  onFile('git add --all', ({ git }) => git('add', '--all')),
  onFile('submodule', ({ git, top }, place) => {
    const folder = relative(top, dirname(place))
    git('rm', '--quiet', '--cached', '-r', folder)
    git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},${folder}`)
  }),
  onFile('sparse checkout', ({ git, draw, top }, place) =>
    chance(draw, 1, 2)
      ? git('sparse-checkout', 'set', '--no-cone', '/*', `!/${relative(top, place)}`)
      : git('sparse-checkout', 'disable'),
  ),
]

function onFile(name: string, work: (site: EditSite, place: string) => void): Edit {
  return (site) => {
    const path = pick(site.draw, [...STARTING_FILES.keys()])
    return named(`${name} ${path}`, () => work(site, join(site.top, path)))
  }
}
