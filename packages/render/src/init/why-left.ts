import type { FoundOverlay } from './find-overlays.ts'
import type { FoundSettings, LeftOverlay } from './print-config.ts'
import { isTestData } from './test-data.ts'

/** A survey lists charts among the remotes, as `chart NAME`. */
export function isChart(remote: string): boolean {
  return remote.startsWith('chart ')
}

/** Why an overlay cannot be rendered yet; undefined when nothing is known against it. */
export function whyLeft(
  { path, kind, kustomization, remotes, foreign, skip }: FoundOverlay,
  settings: FoundSettings | undefined,
): LeftOverlay | undefined {
  if (isTestData(path))
    return { path, kind, skip, reason: 'it looks like test data', remedy: undefined, isRemote: false }
  if (kind === 'folder') {
    if (foreign === undefined || skip !== undefined) return undefined
    const others = foreign.count > 1 ? ` (${foreign.count} of its files are no manifests)` : ''
    const remedy = 'give it kind: folder, with the names of such files under skip'
    return { path, kind, reason: `${foreign.reason}${others}`, remedy, isRemote: false }
  }
  if (kustomization === undefined && settings?.parent === undefined) {
    return {
      path,
      kind,
      reason: 'it has no kustomization',
      remedy: 'name the overlay that it extends in settings',
      isRemote: false,
    }
  }
  const made = settings?.templates.map(({ to }) => to) ?? []
  const missing = kustomization?.missing.find((file) => !made.includes(file))
  if (missing !== undefined && remotes.length === 0) {
    const remedy = 'add the file to git, or make it by a template'
    return { path, kind, reason: `its resource ${missing} is not in the tree`, remedy, isRemote: false }
  }
  const [first] = remotes
  if (first === undefined) return undefined
  const [what, verb] = remotes.length > 1 ? [`${first} and ${remotes.length - 1} more`, 'are'] : [first, 'is']
  const helm = remotes.some(isChart) ? 'pin a helm (helm: {version: …}) and ' : ''
  const remedy = `${helm}run overlay-render vendor`
  return { path, kind, reason: `it builds on ${what}, which ${verb} not in the tree`, remedy, isRemote: true }
}

/** Where kustomizations are the overlays, folders of plain manifests are only named. */
export function whyBeside({ path, kind, skip }: FoundOverlay): LeftOverlay | undefined {
  if (kind !== 'folder') return undefined
  const reason = 'it holds plain manifests, which no kustomization reads'
  return { path, kind, skip, reason, remedy: 'give it kind: folder', isRemote: false }
}
