import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'

import { diffManifests, type ManifestDiff, type Manifests, parseManifests } from '@overlay-render/golden'
import { readBytes } from '@overlay-render/system'

import { atRevision, findRevision, type PastOpener } from './git-revision.ts'
import type { CallOptions } from './progress.ts'
import { RenderFault } from './render-fault.ts'
import type { OpenedWorkspace } from './opened-workspace.ts'
import type { SecretMode } from './workspace-config.ts'

/** What a comparison needs of a workspace, and how to open the workspace at a revision. */
export interface ComparisonContext extends PastOpener {
  readonly workspace: OpenedWorkspace
}

/**
 * Compares two sides, each of which is an overlay, `golden:NAME`, `REV:NAME` (an overlay at a git revision), or a file (`file:PATH`
 * where a name is ambiguous). Overlays are rendered with stub secrets.
 *
 * @throws RenderFault `comparison-unknown`, `revision-unknown`; the faults of a render
 */
export async function compareSides(
  context: ComparisonContext,
  before: string,
  after: string,
  options: CallOptions,
): Promise<ManifestDiff> {
  const [a, b] = [await readSide(context, before, options), await readSide(context, after, options)]
  return diffManifests(a, b, context.workspace.config.golden.rules)
}

/**
 * The manifests of one side. An overlay is rendered with stub secrets, unless the call says otherwise.
 *
 * @throws RenderFault `comparison-unknown`, `revision-unknown`
 */
export async function readSide(
  context: ComparisonContext,
  side: string,
  { secrets = 'stub', ...options }: CallOptions & { readonly secrets?: SecretMode | undefined },
): Promise<Manifests> {
  const { workspace } = context
  if (side.startsWith('file:')) return readManifestFile(side.slice('file:'.length))
  if (side.startsWith('golden:')) return readGolden(workspace, side.slice('golden:'.length))
  if (workspace.overlays.some(({ name, path }) => name === side || path === side)) {
    return (await workspace.render(side, { ...options, secrets })).objects.named(side)
  }
  // Split at the last colon: a revision such as `HEAD:path` may hold a colon, an overlay name may not.
  const colon = side.lastIndexOf(':')
  if (colon > 0) return renderRevision(context, side.slice(0, colon), side.slice(colon + 1), options)
  // The name of a file that is not there is no misspelt overlay.
  if (isFile(side) || /\.(?:ya?ml|json)$/u.test(side)) return readManifestFile(side)
  const { name } = workspace.overlay(side)
  return (await workspace.render(name, { ...options, secrets })).objects.named(side)
}

async function readManifestFile(path: string): Promise<Manifests> {
  const shown = relative(process.cwd(), resolve(path)) || path
  return parseManifests(await readBytes(resolve(path), shown), { file: shown, expandsLists: true })
}

/** The golden of an overlay. @throws RenderFault `comparison-unknown` when there is none */
export async function readGolden(workspace: OpenedWorkspace, name: string): Promise<Manifests> {
  const overlay = workspace.overlay(name).name
  const golden = await workspace.golden.read(overlay)
  if (golden !== undefined) return golden
  throw new RenderFault({
    code: 'comparison-unknown',
    message: `overlay ${overlay} has no golden`,
    hint: `make one with golden update ${overlay}`,
  })
}

async function renderRevision(
  { workspace, ...past }: ComparisonContext,
  revision: string,
  overlay: string,
  options: CallOptions,
): Promise<Manifests> {
  const { memory } = past
  const { signal } = options
  const found = await findRevision(workspace.folder, revision, { memory, signal })
  const rendered = await atRevision(
    found,
    workspace.folder,
    past,
    (then) => then.render(overlay, { ...options, secrets: 'stub' }),
    signal,
  )
  return rendered.objects.named(`${revision}:${overlay}`)
}

function isFile(path: string): boolean {
  return statSync(resolve(path), { throwIfNoEntry: false })?.isFile() ?? false
}
