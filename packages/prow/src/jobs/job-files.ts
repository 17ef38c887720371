import { basename } from 'node:path/posix'

import type { Finding } from '@overlay-render/system'

import type { SourceFile } from '../decode/read-file.ts'
import { makeIgnore } from './prow-ignore.ts'

/** The files of a job folder that Prow reads, in its order, and problems with the selection. */
export interface JobFiles {
  readonly files: readonly SourceFile[]
  readonly findings: readonly Finding[]
}

/**
 * Selects the job files below `folder` as Prow's loader does: `.yaml` and `.yml`, no file or folder name that starts with `..`,
 * nothing that a `.prowignore` excludes, and each file name only once in the whole folder.
 */
export function chooseJobFiles(all: readonly SourceFile[], folder: string): JobFiles {
  const inside = folder === '' || folder === '.' ? '' : `${folder.replace(/\/+$/u, '')}/`
  const isIgnored = makeIgnore(all, inside)
  const findings: Finding[] = []
  const byName = new Map<string, SourceFile>()
  const files = all
    .filter(({ path }) => path.startsWith(inside) && isJobFile(path.slice(inside.length)))
    .filter(({ path }) => !isIgnored(path.slice(inside.length)))
    .toSorted((a, b) => compareWalked(a.path, b.path))
  const chosen = files.filter((file) => {
    const name = basename(file.path)
    const first = byName.get(name)
    if (first === undefined) byName.set(name, file)
    else findings.push(duplicateName(file, first))
    return first === undefined
  })
  return { files: chosen, findings }
}

function isJobFile(path: string): boolean {
  return /\.ya?ml$/u.test(path) && !path.split('/').some((name) => name.startsWith('..'))
}

/** Prow walks folders and files together, sorted by name. */
function compareWalked(a: string, b: string): number {
  const left = a.split('/')
  const right = b.split('/')
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const one = left[index] ?? ''
    const other = right[index] ?? ''
    if (one !== other) return one < other ? -1 : 1
  }
  return left.length - right.length
}

function duplicateName(file: SourceFile, first: SourceFile): Finding {
  return {
    rule: 'duplicate-file-name',
    severity: 'error',
    message: `${first.path} has the same file name, and config_updater uses only the name as a key`,
    position: { file: file.path, line: 1, column: 1 },
    hint: 'rename one of the files: Prow refuses the whole configuration',
  }
}
