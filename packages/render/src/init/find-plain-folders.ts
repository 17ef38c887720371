import { posix } from 'node:path'

import { parseAllDocuments } from 'yaml'

import type { FoundOverlay } from './find-overlays.ts'
import type { Survey } from './survey.ts'

/**
 * The folders of plain manifests in a tree without kustomizations: each topmost folder that holds manifests itself. The workspace
 * folder is excluded, because its goldens would be part of it.
 */
export function findPlainFolders(survey: Survey): FoundOverlay[] {
  const files = survey.files.filter(isCandidate)
  const manifests = new Set(files.filter((path) => isManifest(survey.read(path))))
  const folders = [...new Set([...manifests].map((path) => posix.dirname(path)))].filter(
    (path) => path !== '.',
  )
  const topmost = folders.filter((path) => !folders.some((other) => path.startsWith(`${other}/`)))
  return topmost.sort().map((path) => ({
    path,
    kind: 'folder',
    kustomization: undefined,
    remotes: [],
    foreign: files.find((file) => file.startsWith(`${path}/`) && !manifests.has(file)),
  }))
}

/** Folders of this tool, which hold vendored copies and goldens. */
const OURS: ReadonlySet<string> = new Set(['vendor', 'golden'])

/** Names that start with `_` are skipped, as in a folder overlay. */
function isCandidate(path: string): boolean {
  const names = path.split('/')
  return /\.ya?ml$/u.test(path) && !names.some((name) => /^[._]/u.test(name) || OURS.has(name))
}

function isManifest(text: string | undefined): boolean {
  if (text === undefined || !/^kind:/mu.test(text)) return false
  const documents = parseAllDocuments(text, { logLevel: 'silent' })
  return (
    Array.isArray(documents) &&
    documents.every(
      (document) =>
        document.contents === null ||
        (document.errors.length === 0 && document.has('apiVersion') && document.has('kind')),
    )
  )
}
