import { readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { digestOf, errnoOf } from '@overlay-render/system'

/** Packages of this project, which are versions of their own where they are installed as a library. */
const OWN = '@overlay-render/'

/**
 * The versions and code of the parts of this tool that decide the bytes of a render. Node's version is not one of them.
 *
 * In the command's bundle, the entry names every other chunk by the digest of its code, so one digest identifies all of it but the
 * template engine, which the bundle does not contain. Elsewhere, the packages and what they depend on are named with their versions.
 */
export function toolVersion(): string {
  const folder = dirname(fileURLToPath(import.meta.url))
  const require = createRequire(import.meta.url)
  if (basename(folder) !== 'bundle') return packageVersions(require)
  const versions = ['overlay-render', 'minijinja-js'].map(
    (name) => `${name}@${manifestOf(require, name)?.version ?? 'none'}`,
  )
  return [...versions, digestOf(readFileSync(join(folder, 'main.cjs')))].join(' ')
}

interface Manifest {
  readonly version: string
  readonly dependencies: readonly string[]
  /** Resolves what this package depends on. */
  readonly require: NodeJS.Require
}

/** @param from resolves from a module of the package `@overlay-render/render` */
export function packageVersions(from: NodeJS.Require): string {
  const versions = new Map<string, string>()
  const pending = [{ name: `${OWN}render`, require: from }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, require } = next
    if (versions.has(name)) continue
    const manifest = manifestOf(require, name)
    versions.set(name, manifest?.version ?? 'none')
    if (manifest === undefined || !name.startsWith(OWN)) continue
    for (const dependency of manifest.dependencies)
      pending.push({ name: dependency, require: manifest.require })
  }
  return [...versions]
    .map(([name, version]) => `${name}@${version}`)
    .sort()
    .join(' ')
}

function manifestOf(require: NodeJS.Require, name: string): Manifest | undefined {
  for (const path of manifestPaths(require, name)) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'))
      if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return undefined
      const dependencies = 'dependencies' in manifest ? manifest.dependencies : undefined
      return {
        version: String(manifest.version),
        dependencies: Object.keys(
          typeof dependencies === 'object' && dependencies !== null ? dependencies : {},
        ),
        require: createRequire(realpathSync(path)),
      }
    } catch (error) {
      if (errnoOf(error) === undefined) throw error
    }
  }
  return undefined
}

/** Where the manifest of a package may be. Many packages do not export it. */
function manifestPaths(require: NodeJS.Require, name: string): string[] {
  const installed = (require.resolve.paths(name) ?? []).map((folder) => join(folder, name, 'package.json'))
  try {
    return [require.resolve(`${name}/package.json`), ...installed]
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return installed
  }
}
