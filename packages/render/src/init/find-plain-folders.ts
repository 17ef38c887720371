import { posix } from 'node:path'

import { GoldenFault, parseManifests } from '@overlay-render/golden'

import type { FoundOverlay } from './find-overlays.ts'
import type { Survey } from './survey.ts'

/**
 * The folders of plain manifests of a tree: each folder that holds manifests itself, with all that is below it, and that no
 * kustomization reads. The workspace is none of them, because its goldens would be part of it.
 */
export function findPlainFolders(survey: Survey): FoundOverlay[] {
  const files = survey.files.filter(isCandidate)
  const contents = new Map(files.map((path) => [path, contentOf(path, survey)]))
  const manifests = files.filter((path) => contents.get(path) === 'manifests')
  const folders = [...new Set(manifests.map((path) => posix.dirname(path)))].filter(
    (path) => path !== '.' && !/(?:^|\/)\./u.test(path) && !path.split('/').some((name) => OURS.has(name)),
  )
  const topmost = folders.filter((path) => !folders.some((other) => path.startsWith(`${other}/`)))
  return topmost
    .sort()
    .filter((path) => !isBuilt(path, survey))
    .map((path) => {
      const below = files.filter((file) => file.startsWith(`${path}/`))
      const foreign = below.filter((file) => contents.get(file) instanceof GoldenFault)
      const [reason] = foreign.flatMap((file) => {
        const content = contents.get(file)
        return content instanceof GoldenFault ? [content.message] : []
      })
      return {
        path,
        kind: 'folder',
        kustomization: undefined,
        remotes: [],
        foreign: reason === undefined ? undefined : { reason, count: foreign.length },
        skip: namesToSkip(path, below, foreign),
      }
    })
}

/** Folders for what was vendored or rendered: nobody deploys them on their own. */
const OURS: ReadonlySet<string> = new Set(['vendor', 'golden'])

/** As a folder of plain manifests is read: names that start with `_` are passed over. */
function isCandidate(path: string): boolean {
  const [top = '', ...names] = path.split('/')
  return /\.ya?ml$/u.test(path) && !OURS.has(top) && ![top, ...names].some((name) => name.startsWith('_'))
}

/** CRDs are large: that of Prow's jobs has 650 KB. */
const MAX_MANIFEST = 8 * 1024 * 1024

/** `empty`: without documents, such as a file that is commented out. A fault says why it is no manifest. */
function contentOf(path: string, survey: Survey): 'manifests' | 'empty' | GoldenFault {
  const text = survey.read(path, MAX_MANIFEST)
  if (text === undefined) return 'empty'
  try {
    const { resources } = parseManifests(text, { file: path, expandsLists: true })
    // An identity can be found in text that cannot be parsed.
    return resources.every(({ value }) => value) && resources.length > 0 ? 'manifests' : 'empty'
  } catch (error) {
    if (error instanceof GoldenFault) return error
    throw error
  }
}

/** Whether a kustomization is in it, or above it, or reads from it. */
function isBuilt(path: string, { kustomizations }: Survey): boolean {
  const isIn = (inner: string, outer: string): boolean =>
    outer === '.' || inner === outer || inner.startsWith(`${outer}/`)
  return kustomizations.some(
    ({ folder, reads }) =>
      isIn(folder, path) || isIn(path, folder) || reads.some((read) => isIn(read, path) || isIn(path, read)),
  )
}

/** More names than this would be a list that nobody reads. */
const MAX_SKIPPED = 6

/** The names that leave out just the foreign files; undefined where that takes many names, or manifests have them, too. */
function namesToSkip(
  folder: string,
  files: readonly string[],
  foreign: readonly string[],
): string[] | undefined {
  const wanted = files.filter((file) => !foreign.includes(file))
  const namesOf = (file: string): string[] => file.slice(folder.length + 1).split('/')
  const kept = new Set(wanted.flatMap(namesOf))
  const names = foreign.map((file) => namesOf(file).find((name) => !kept.has(name)))
  const known = names.filter((name) => name !== undefined)
  const distinct = [...new Set(known)]
  return known.length < names.length || distinct.length > MAX_SKIPPED ? undefined : distinct.sort()
}
