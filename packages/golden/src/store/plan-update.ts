import { diffManifests } from '../diff/diff-manifests.ts'
import { pairResources } from '../diff/pair-resources.ts'
import type { Manifests } from '../resources/manifests.ts'
import { idKey } from '../resources/resource-id.ts'
import type { DiffRules } from '../rules/diff-rules.ts'
import { filesInAnyLayout } from './find-golden-files.ts'
import { documentOf, type GoldenDocument, goldenFiles, type GoldenLayout } from './golden-files.ts'
import type { GoldenFileChange } from './golden-patch.ts'
import { type GoldenAccess, readGoldenFile } from './read-golden.ts'

/** The planned result of an update; paths are relative to the store. */
export interface GoldenPlan {
  /** Every file that the golden will have. */
  readonly files: readonly string[]
  readonly changes: readonly GoldenFileChange[]
}

/** A render that becomes the golden of its overlay. */
export interface AcceptedRender {
  readonly overlay: string
  readonly manifests: Manifests
  /** The golden to replace; undefined when there is none, or when it is damaged. */
  readonly golden: Manifests | undefined
  readonly rules: DiffRules
  readonly layout: GoldenLayout
}

/**
 * The changes of files that make a render the golden. A resource that differs only in ignored fields, key order or layout keeps
 * its text. Files of removed resources and of the other layout are removed.
 */
export function planUpdate(render: AcceptedRender, access: GoldenAccess): GoldenPlan {
  const { overlay, layout } = render
  const files = goldenFiles(overlay, newDocuments(render), layout)
  const wanted = new Set(files.map(({ path }) => path))
  const gone = filesInAnyLayout(overlay, access)
    .filter((path) => !wanted.has(path))
    .map((path) => removalOf(path, access))
  const changed = files.flatMap(({ path, content }) => {
    const before = readGoldenFile(path, access)
    return before !== undefined && sameText(before, content)
      ? []
      : [{ path, before, after: Buffer.from(content) }]
  })
  return { files: [...wanted], changes: [...changed, ...gone] }
}

/** The removal of a file. */
export function removalOf(path: string, access: GoldenAccess): GoldenFileChange {
  return { path, before: readGoldenFile(path, access), after: undefined }
}

/** The documents of the render, with the golden's text for unchanged resources. */
function newDocuments({ golden, manifests, rules }: AcceptedRender): GoldenDocument[] {
  if (golden === undefined) return manifests.resources.map(documentOf)
  const changed = new Set(diffManifests(golden, manifests, rules).resources.map(({ id }) => idKey(id)))
  const old = new Map(pairResources(golden, manifests).pairs.map(([before, after]) => [after, before]))
  return manifests.resources.map((resource) =>
    documentOf(changed.has(idKey(resource.id)) ? resource : (old.get(resource) ?? resource)),
  )
}

/** Ignores Windows line ends, which git may have added. */
function sameText(bytes: Uint8Array, content: string): boolean {
  return Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n') === content
}
