import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { digestOf, errnoOf } from '@overlay-render/system'

/** The packages that decide the bytes: ours, and minijinja-js, which is not in the bundle. */
const PACKAGES = ['@overlay-render/render', 'overlay-render', 'minijinja-js'] as const

/**
 * The version of everything in this tool that decides the bytes of a render: the versions of its packages and, in the bundle, the
 * digest of the entry, which names every other chunk by digest. The version of Node is not part of it.
 */
export function toolVersion(): string {
  const require = createRequire(import.meta.url)
  const versions = PACKAGES.map((name) => `${name}@${versionOf(require, name) ?? 'none'}`)
  const folder = dirname(fileURLToPath(import.meta.url))
  const bundle = basename(folder) === 'bundle' ? [digestOf(readFileSync(join(folder, 'main.cjs')))] : []
  return [...versions, ...bundle].join(' ')
}

function versionOf(require: NodeJS.Require, name: string): string | undefined {
  try {
    const manifest: unknown = require(`${name}/package.json`)
    if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return undefined
    return String(manifest.version)
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}
