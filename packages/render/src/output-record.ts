import { dirname, join, relative, sep } from 'node:path'

import {
  type FileStamp,
  type OutputOptions,
  readOutput,
  removeEmptyFolder,
  removeStamped,
  stampOf,
} from '@overlay-render/system'

import { writeChanged } from './write-changed.ts'

/** The file in an overlay's output folder that lists what was written there. `kubectl apply -f` ignores its name. */
const RECORD = '.overlay-render-output'

const HEAD =
  '# What overlay-render wrote here: sha256, time, path. Files that have changed since are left alone.\n'

type OptionsOf = (path: string) => OutputOptions

/**
 * Removes the configs that an earlier render recorded in `target` and that this render did not make, if their bytes and
 * modification time are still those of the record. A record that came with a commit removes nothing, because git does not keep
 * times.
 */
export function removeStaleOutputs(target: string, made: readonly string[], options: OptionsOf): void {
  const kept = new Set(made)
  for (const [name, stamp] of readRecord(target, options)) {
    const path = join(target, ...name.split('/'))
    if (kept.has(path) || !isConfig(name) || !removeStamped(path, stamp, options(path))) continue
    const top = join(target, 'configs')
    for (let folder = dirname(path); folder !== dirname(top); folder = dirname(folder)) {
      if (!removeEmptyFolder(folder, options(folder))) break
    }
  }
}

/** Records the files that this render wrote. */
export function recordOutputs(target: string, made: readonly string[], options: OptionsOf): void {
  const lines = made.flatMap((path) => {
    const stamp = stampOf(path, options(path))
    return stamp === undefined ? [] : [`${stamp.sha256} ${stamp.modified} ${nameOf(target, path)}\n`]
  })
  const path = join(target, RECORD)
  writeChanged(path, HEAD + lines.sort().join(''), options(path))
}

function readRecord(target: string, options: OptionsOf): Map<string, FileStamp> {
  const path = join(target, RECORD)
  const text = readOutput(path, options(path))?.toString('utf8') ?? ''
  const lines = [...text.matchAll(/^([0-9a-f]{64}) ([\d.]+) (.+)$/gmu)]
  return new Map(
    lines.map(([, sha256 = '', modified, name = '']) => [name, { sha256, modified: Number(modified) }]),
  )
}

function isConfig(name: string): boolean {
  const [first, ...rest] = name.split('/')
  return first === 'configs' && rest.every((part) => part !== '' && part !== '.' && part !== '..')
}

function nameOf(target: string, path: string): string {
  return relative(target, path).split(sep).join('/')
}
