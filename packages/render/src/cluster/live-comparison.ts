import { compareLive, readLiveManifests, unreadFindings } from '@overlay-render/cluster'
import { diffManifests, type ManifestDiff, type Manifests } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { type ComparisonContext, readSide } from '../comparison.ts'
import type { CallOptions } from '../progress.ts'
import { RenderFault } from '../render-fault.ts'
import { ENV_STUB_KEY } from '../stub-secrets.ts'
import type { SecretMode } from '../workspace-config.ts'
import { acceptedOrCommitted } from './accepted.ts'
import { openOverlayCluster } from './cluster-context.ts'
import { liveFindings } from './live-findings.ts'

/** One comparison with a cluster. */
export interface LiveDiff {
  /** Such as `drift: last applied → live:prod`. */
  readonly title: string
  readonly diff: ManifestDiff
  /** `change`: what the manifests change. `drift`: what was changed in the cluster. `clusters`: one cluster and another. */
  readonly kind: 'change' | 'drift' | 'clusters'
}

/** A cluster as a side of a comparison: `live:[CONTEXT:]OVERLAY`. */
export interface LiveSide {
  /** The context; undefined for that of the overlay. A context name may hold colons, an overlay name may not. */
  readonly context: string | undefined
  readonly overlay: string
}

/** Options of a comparison with a cluster. */
export interface LiveDiffOptions extends CallOptions {
  /** The secrets of the render that a cluster is compared with; `stub` when absent. */
  readonly secrets?: SecretMode | undefined
}

const LIVE = 'live:'

/** Parses a side that names a cluster; undefined for any other side. */
export function liveSide(side: string): LiveSide | undefined {
  if (!side.startsWith(LIVE)) return undefined
  const rest = side.slice(LIVE.length)
  const colon = rest.lastIndexOf(':')
  return { context: colon < 0 ? undefined : rest.slice(0, colon), overlay: rest.slice(colon + 1) }
}

/**
 * Compares a cluster with a side of `diff`, or with another cluster. With a side there are two comparisons: what the side changes
 * relative to what was last applied, and what was changed in the cluster since then.
 *
 * @throws RenderFault `context-missing`, `context-unreviewed`; ClusterFault; the faults of a render
 */
export async function compareWithLive(
  steps: ComparisonContext,
  before: string,
  after: string,
  options: LiveDiffOptions,
): Promise<LiveDiff[]> {
  const [a, b] = [liveSide(before), liveSide(after)]
  if (a !== undefined && b !== undefined)
    return [await compareClusters(steps, [a, before], [b, after], options)]
  const [live, side] = a === undefined ? [b, before] : [a, after]
  if (live === undefined) return []
  const isReal = options.secrets === 'real'
  if (isReal && side.includes(':') && !isFileSide(side)) {
    throw new RenderFault({
      code: 'comparison-unknown',
      message: `${side} has stub secrets: only an overlay is rendered with real ones`,
      hint: 'name the overlay without a prefix such as golden: or HEAD:',
    })
  }
  const manifests = await readSide(steps, side, options)
  // A file of manifests may have been rendered with real secrets.
  const stubs = !isReal && !isFileSide(side)
  return compareOverlay(steps, live, manifests, { ...options, stubs })
}

function isFileSide(side: string): boolean {
  return side.startsWith('file:') || /\.(?:ya?ml|json)$/u.test(side)
}

/** Compares the cluster of an overlay with manifests: `change` and `drift`. */
export async function compareOverlay(
  steps: ComparisonContext,
  { overlay, context }: LiveSide,
  manifests: Manifests,
  options: CallOptions & { readonly stubs: boolean },
): Promise<LiveDiff[]> {
  const { workspace } = steps
  const { name } = workspace.overlay(overlay)
  const kubectl = await openOverlayCluster(steps, name, context, options)
  const live = await compareLive(kubectl, manifests, {
    rules: workspace.config.golden.rules,
    stubs: options.stubs ? { unknownKeys: ENV_STUB_KEY } : undefined,
    accepted: async () => acceptedOrCommitted(steps, name, options),
  })
  const { change, drift } = liveFindings(live, manifests, options)
  const title = (kind: string, { before, after }: ManifestDiff): string => `${kind}: ${before} → ${after}`
  return [
    { kind: 'change', title: title('change', change), diff: change },
    { kind: 'drift', title: title('drift', drift), diff: drift },
  ]
}

type NamedSide = readonly [LiveSide, string]

async function compareClusters(
  steps: ComparisonContext,
  before: NamedSide,
  after: NamedSide,
  options: CallOptions,
): Promise<LiveDiff> {
  const read = async ([{ overlay, context }, title]: NamedSide): Promise<{
    manifests: Manifests
    findings: Finding[]
  }> => {
    const rendered = await readSide(steps, overlay, options)
    const kubectl = await openOverlayCluster(steps, steps.workspace.overlay(overlay).name, context, options)
    const live = await readLiveManifests(kubectl, rendered, title)
    return { manifests: live.manifests, findings: unreadFindings(live.unread, rendered) }
  }
  const [a, b] = [await read(before), await read(after)]
  const diff = diffManifests(a.manifests, b.manifests, steps.workspace.config.golden.rules)
  const findings = [...diff.findings, ...a.findings, ...b.findings]
  return { kind: 'clusters', title: `${before[1]} → ${after[1]}`, diff: { ...diff, findings } }
}
