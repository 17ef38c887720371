import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'

import { chance, pick } from '../../../../test/differential/draw.ts'
import type { Edit, EditSite } from './edit.ts'
import { STARTING_FILES, type Texts } from './starting-files.ts'

/** The folders that are moved and linked. */
const FOLDERS = [...new Set([...STARTING_FILES.keys()].map((path) => dirname(path)))].filter(
  (folder) => folder !== '.' && folder !== 'kustom',
)

/** Edits of any file or folder, without regard to what it means. */
export const FILE_EDITS: readonly Edit[] = [
  write,
  write,
  write,
  write,
  onFile('remove', (_site, place) => rmSync(place, { recursive: true })),
  onFile('empty', (_site, place) => writeText(place, '')),
  onFile('rename', (site, place) =>
    renameSync(place, join(site.top, pick(site.draw, [...STARTING_FILES.keys()]))),
  ),
  onFile('change the case of', (_site, place) =>
    renameSync(place, join(dirname(place), otherCase(basename(place)))),
  ),
  onFile('chmod', ({ draw }, place) => {
    if (!isLink(place)) chmodSync(place, pick(draw, [0o644, 0o755, 0o600]))
  }),
  onFile('link', (site, place) => {
    const { draw, top, outside } = site
    const target = join(top, pick(draw, [...STARTING_FILES.keys()]))
    rmSync(place, { recursive: true, force: true })
    symlinkSync(chance(draw, 1, 8) ? join(outside, 'outside.yaml') : relative(dirname(place), target), place)
  }),
  onFile('swap with a folder', ({ draw }, place, texts) => {
    const wasFolder = lstatSync(place).isDirectory()
    rmSync(place, { recursive: true })
    if (wasFolder) return writeText(place, pick(draw, texts))
    mkdirSync(place)
    writeFileSync(join(place, pick(draw, ['inside.yaml', 'kustomization.yaml'])), pick(draw, texts))
  }),
  onFile('new file beside', ({ draw }, place) =>
    writeFileSync(
      join(dirname(place), pick(draw, ['x.yaml', '.x', 'kustomization.yml', 'Kustomization'])),
      'x: 1\n',
    ),
  ),
  onFile('unrelated file', ({ draw, top }, _place, texts) =>
    writeFileSync(join(top, pick(draw, ['x.md', 'kustom/base/x.md'])), pick(draw, texts)),
  ),
  onFolder('link', (site, place) => {
    const target = join(site.top, pick(site.draw, FOLDERS))
    rmSync(place, { recursive: true, force: true })
    symlinkSync(relative(dirname(place), target), place)
  }),
  onFolder('move, and link to', (_site, place) => {
    const moved = `${place}-moved`
    renameSync(place, moved)
    symlinkSync(basename(moved), place)
  }),
  onFolder('move back', (_site, place) => {
    if (!isLink(place)) return
    rmSync(place)
    renameSync(`${place}-moved`, place)
  }),
  onFolder('change the case of', (_site, place) =>
    renameSync(place, join(dirname(place), otherCase(basename(place)))),
  ),
]

function write({ draw, top }: EditSite): string {
  const [path, texts] = pick(draw, [...STARTING_FILES])
  return named(`write ${path}`, () => writeText(join(top, path), pick(draw, texts)))
}

function onFile(name: string, work: (site: EditSite, place: string, texts: Texts) => void): Edit {
  return (site) => {
    const [path, texts] = pick(site.draw, [...STARTING_FILES])
    return named(`${name} ${path}`, () => work(site, join(site.top, path), texts))
  }
}

function onFolder(name: string, work: (site: EditSite, place: string) => void): Edit {
  return (site) => {
    const path = pick(site.draw, FOLDERS)
    return named(`${name} ${path}/`, () => work(site, join(site.top, path)))
  }
}

/** Runs the work of an edit. If the tree has no place for it, nothing happens. */
export function named(name: string, work: () => void): string {
  try {
    work()
    return name
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return `${name} (${String(error.code)})`
  }
}

/** Writes a text, never through a link, which may leave the tree. */
export function writeText(place: string, text: string): void {
  mkdirSync(dirname(place), { recursive: true })
  if (isLink(place)) rmSync(place)
  writeFileSync(place, text)
}

export function isLink(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

function otherCase(name: string): string {
  const upper = name.toUpperCase()
  return name === upper ? name.toLowerCase() : upper
}
