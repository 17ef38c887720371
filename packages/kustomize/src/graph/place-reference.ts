import { isAbsolute, join } from 'node:path'

import type { Position, Resolution, Tree } from '@overlay-render/system'

import { type KustomizeCode, KustomizeFault } from '../kustomize-fault.ts'
import type { GraphRoot, Mention, RemoteInput } from './input-graph.ts'
import type { Reference } from './reference.ts'
import { isGitRemote, isUrl } from './remote-name.ts'

export type Found = Resolution & { readonly outcome: 'found' }
export type Missing = Resolution & { readonly outcome: 'missing' }

/** The file of references. */
export interface Place {
  /** The folder that they are relative to. */
  readonly root: string
  /** The real path of the file with the references. */
  readonly file: string
  readonly locate: (offset: number) => Position
}

/** The kind of a reference, like in kustomize; nothing is opened yet. */
export type Placed =
  | { readonly what: 'refused'; readonly fault: KustomizeFault }
  /** `isLocal`: the tree has a file or folder with that name. */
  | { readonly what: 'remote'; readonly remote: RemoteInput; readonly isLocal: boolean }
  | { readonly what: 'missing'; readonly resolution: Missing; readonly mention: Mention }
  | { readonly what: 'file'; readonly resolution: Found; readonly mention: Mention }
  | {
      readonly what: 'folder'
      readonly resolution: Resolution
      readonly mention: Mention
      readonly expected: GraphRoot['kind']
    }

/** Classifies a reference: a file or folder of the tree, a remote, or an invalid path. */
export function placeReference(reference: Reference, { root, file, locate }: Place, tree: Tree): Placed {
  const { written, form, role, at } = reference
  const position = locate(at)
  const refuse = (code: KustomizeCode, message: string, hint?: string): Placed => ({
    what: 'refused',
    fault: new KustomizeFault({ code, message, position, hint }),
  })
  if (written === '') return refuse('value-invalid', 'an entry is empty where a path is expected')
  if (IS_MANIFEST.test(written))
    return refuse('value-invalid', MANIFEST_INSTEAD, 'write it to a file, and name the file')
  if (isAbsolute(written)) {
    const message = `"${written}" is an absolute path, which works only on one machine`
    return refuse('absolute-path', message, `write it relative to ${tree.shown(root)}`)
  }
  const remote = { written, position, role, root, named: { file, at } }
  if (form !== 'folder' && isUrl(written))
    return { what: 'remote', remote: { ...remote, form: 'url' }, isLocal: false }
  const path = join(root, written)
  const resolution = tree.follow(path)
  const mention: Mention = { written, path, shown: tree.shown(path), role, position, root }
  const isFile = resolution.outcome === 'found' && resolution.kind === 'file'
  const takesFile = form === 'file' || (form === 'file-or-folder' && isFile)
  if (!takesFile && isGitRemote(written))
    return { what: 'remote', remote: { ...remote, form: 'git' }, isLocal: resolution.outcome === 'found' }
  if (resolution.outcome === 'loop')
    return refuse('link-loop', `${mention.shown} is a link that leads back to itself`)
  if (resolution.outcome === 'missing') return { what: 'missing', resolution, mention }
  if (takesFile) return { what: 'file', resolution, mention }
  const expected = form === 'folder' ? 'Component' : 'Kustomization'
  return { what: 'folder', resolution, mention, expected }
}

/** A manifest instead of a path. It is never shown, because it may be a Secret. */
const IS_MANIFEST = /\n|^\s*\{[^]*:|^\s*\w+: /u
const MANIFEST_INSTEAD = 'this is text, but the path of a file or folder is expected'
