import { basename, join } from 'node:path'

import {
  GoldenFault,
  idKey,
  type Manifests,
  parseManifests,
  type Resource,
  type ResourceId,
} from '@overlay-render/golden'
import { positionOfField, type SourcePath } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import { matchName } from './match-name.ts'
import type { Overlay } from './overlays.ts'
import { cannotRead } from './read-input.ts'
import { RenderFault } from './render-fault.ts'
import type { Stage } from './stage.ts'
import type { FolderLayout } from './workspace-config.ts'

/** Most files and folders in one overlay. */
const MAX_ENTRIES = 100_000

/** The manifests of a folder of plain manifests. */
export interface FolderManifests {
  readonly manifests: Uint8Array
  /** The position of a resource, or of a field of it. @param nth which of several with the same identity, from 0; the last when absent */
  readonly sourceOf: (id: ResourceId, place?: SourcePath, nth?: number) => Position | undefined
}

/**
 * The manifests of a folder of plain manifests: the documents of its YAML files in the order of the files, unchanged, with `---`
 * between them. Documents of comments alone are left out.
 *
 * Files are found as `applyconfig` of openshift/ci-tools finds them: recursively, files and folders sorted together by name; links
 * to folders are followed. Names that match `skip` are left out.
 *
 * A resource may occur twice. A rule reports that; when applied, the last one wins.
 *
 * @throws GoldenFault for a document that is no manifest; RenderFault for links
 */
export async function readFolder(
  stage: Stage,
  overlay: Overlay,
  layout: FolderLayout,
): Promise<FolderManifests> {
  const files = await orderFiles(await listFiles(stage, overlay, layout), layout)
  const resources = new Map<string, Resource[]>()
  const texts: string[] = []
  for (const { resources: read } of readManifests(stage, files)) {
    for (const resource of read) {
      const key = idKey(resource.id)
      const same = resources.get(key)
      if (same === undefined) resources.set(key, [resource])
      else same.push(resource)
      const text = resource.text.replace(/^\uFEFF/u, '')
      texts.push(text.endsWith('\n') ? text : `${text}\n`)
    }
  }
  const sourceOf: FolderManifests['sourceOf'] = (id, place, nth = -1) => {
    const resource = resources.get(idKey(id))?.at(nth)
    if (resource === undefined || place === undefined) return resource?.position
    return positionOfField(resource.text, resource.position, place)
  }
  return { manifests: Buffer.from(texts.join('---\n')), sourceOf }
}

/** @throws GoldenFault that names each file that is no manifest */
function readManifests(stage: Stage, files: readonly FoundFile[]): Manifests[] {
  const faults: GoldenFault[] = []
  const all = files.flatMap(({ path, real }) => {
    try {
      return parseManifests(stage.read(real), { file: stage.tree.shown(path), expandsLists: true })
    } catch (error) {
      if (!(error instanceof GoldenFault)) throw error
      faults.push(error)
      return []
    }
  })
  const [first, ...others] = faults
  if (first === undefined) return all
  throw first.with({
    hint: first.hint ?? 'correct it; or, if it is no manifest, add its name to skip of this overlay',
    details: others.map(({ message }) => `also ${message}`),
  })
}

interface FoundFile {
  readonly path: string
  readonly real: string
}

/** A folder or file to visit, and the real paths of the folders above it. */
interface Entry {
  readonly path: string
  readonly above: readonly string[]
}

async function listFiles(stage: Stage, overlay: Overlay, { skip }: FolderLayout): Promise<FoundFile[]> {
  const isSkipped = await matchName(skip)
  const files: FoundFile[] = []
  const pending: Entry[] = [{ path: overlay.folder, above: [] }]
  let count = 0
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    if (++count > MAX_ENTRIES) throw tooMany(overlay)
    const { path, above } = entry
    if (stage.tree.isFolder(path)) {
      const { real } = stage.tree.follow(path)
      if (above.includes(real)) throw circle(stage, path)
      const names = stage.namesIn(path).filter((name) => name !== '.git' && !isSkipped(name))
      // Pushed in reverse, so that they are popped in order.
      pending.push(...names.toReversed().map((name) => ({ path: join(path, name), above: [...above, real] })))
    } else if (isManifest(path) || isLinkOut(stage, path)) {
      const opened = stage.open(path)
      if (opened.outcome === 'file') files.push({ path, real: opened.real })
      else
        throw cannotRead(
          opened,
          { subject: `the manifest ${stage.tree.shown(path)}`, code: 'file-missing', hint: 'remove it' },
          stage.tree.shown,
        )
    }
  }
  return files
}

/** Files that match `order` come first, by pattern. All others keep their order. */
async function orderFiles(files: readonly FoundFile[], { order }: FolderLayout): Promise<FoundFile[]> {
  const matchers = await Promise.all(order.map(async (pattern) => matchName([pattern])))
  const rankOf = ({ path }: FoundFile): number => {
    const rank = matchers.findIndex((matches) => matches(basename(path)))
    return rank < 0 ? matchers.length : rank
  }
  return files
    .map((file) => ({ file, rank: rankOf(file) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ file }) => file)
}

function isManifest(path: string): boolean {
  return /\.ya?ml$/u.test(path)
}

/** Whether `path` is a link that leads out of the tree. Its target, perhaps a folder, is unknown. */
function isLinkOut(stage: Stage, path: string): boolean {
  return stage.tree.view.kindOf(path) === 'link' && stage.open(path).outcome === 'outside'
}

function circle(stage: Stage, path: string): RenderFault {
  return new RenderFault({
    code: 'link-loop',
    message: `${stage.tree.shown(path)} is a link to a folder that contains it`,
    hint: 'remove the link, or leave it out with skip',
  })
}

function tooMany({ path }: Overlay): RenderFault {
  return new RenderFault({
    code: 'pattern-invalid',
    message: `the folder overlay ${path} has more than ${MAX_ENTRIES} files and folders`,
    hint: 'name the folders of the manifests, or leave out others with skip',
  })
}
