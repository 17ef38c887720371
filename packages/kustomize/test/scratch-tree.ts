import { cp, mkdir, mkdtemp, readlink, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

import type { InputGraph } from '../src/index.ts'

/** Creates a temporary folder with files given as `path: content`; the content `-> x` creates a link to x. */
export async function makeTree(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'kustomize-test-')))
  made.push(root)
  await addFiles(root, files)
  return root
}

export async function addFiles(
  root: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path)
    await mkdir(dirname(target), { recursive: true })
    if (typeof content === 'string' && content.startsWith('-> ')) await symlink(content.slice(3), target)
    else await writeFile(target, content)
  }
}

const made: string[] = []

export async function removeTrees(): Promise<void> {
  for (const root of made.splice(0)) await rm(root, { recursive: true, force: true })
}

/** Copies only the files of a graph, links as links, and returns the folder to build. */
export async function stageGraph(graph: InputGraph, boundary: string, leaveOut?: string): Promise<string> {
  const stage = await makeTree({})
  const place = (path: string): string => join(stage, relative(boundary, path))
  for (const path of graph.realFiles) {
    if (path === leaveOut) continue
    await mkdir(dirname(place(path)), { recursive: true })
    await cp(path, place(path))
  }
  for (const { path } of graph.links) {
    await mkdir(dirname(place(path)), { recursive: true })
    await symlink(await readlink(path), place(path))
  }
  return place(graph.root)
}
