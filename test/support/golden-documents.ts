import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The objects of a golden as texts, sorted. A golden is one file with many documents, or a folder with one file per object. */
export function goldenDocuments(workspace: string, overlay: string): string[] {
  const file = join(workspace, 'golden', `${overlay}.yaml`)
  const files = existsSync(file) ? [file] : filesBelow(join(workspace, 'golden', overlay))
  return files.flatMap((path) => documents(readFileSync(path))).sort()
}

/** The documents in the output of kustomize as texts, in output order. */
export function documents(manifests: Uint8Array): string[] {
  return Buffer.from(manifests)
    .toString()
    .split(/^---\n/mu)
    .filter((text) => text !== '')
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
