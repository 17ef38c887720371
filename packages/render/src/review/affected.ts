import { join, relative } from 'node:path'

import {
  Fault,
  isWithin,
  type Observation,
  type Position,
  stillMatches,
  type TreeView,
} from '@overlay-render/system'

import type { Overlay } from '../overlays.ts'
import type { CallOptions } from '../progress.ts'
import { RenderFault } from '../render-fault.ts'
import { CONFIG_FILE } from '../workspace-config.ts'
import type { BaseSide, ReviewSide } from './review-side.ts'
import { changedAttributes } from './changed-attributes.ts'
import { sharedSettings, settingsOf } from './effective-settings.ts'

/** A reason why a change can affect the output of an overlay. */
export interface Reason {
  readonly kind: 'changed' | 'added' | 'removed' | 'listing' | 'configuration' | 'not-readable'
  /** The file or folder, relative to the workspace. */
  readonly path: string
  /** The position at which a kustomization names it. */
  readonly named?: Position | undefined
}

/** An overlay whose output the change can affect. */
export interface Affected {
  readonly overlay: string
  readonly change: 'changed' | 'added' | 'removed'
  /** Sorted by path; empty for a new or deleted overlay. */
  readonly reasons: readonly Reason[]
}

/** The overlays that a change can affect, and the others. */
export interface AffectedOverlays {
  /** The full hash of the commit that the change started from. */
  readonly commit: string
  /** Sorted by name. */
  readonly affected: readonly Affected[]
  /** The names of the other overlays. */
  readonly unaffected: readonly string[]
  /** Whether the base has no valid configuration, so that the work tree's was used for the base. */
  readonly borrowsConfiguration: boolean
}

/**
 * The overlays that a change can affect. A render depends only on its settings and on the answers of the tree: if the base gives the
 * same answers, the output is the same. Nothing is built.
 *
 * @param observed receives the observations of each overlay after the change, by name
 */
export async function findAffected(
  before: BaseSide,
  after: ReviewSide,
  options: CallOptions,
  observed?: Map<string, readonly Observation[]>,
): Promise<AffectedOverlays> {
  const affected: Affected[] = []
  const unaffected: string[] = []
  const view = await before.view()
  for (const overlay of after.overlays) {
    const earlier = before.overlays.find(({ name }) => name === overlay.name)
    if (earlier === undefined) {
      affected.push({ overlay: overlay.name, change: 'added', reasons: [] })
      if (observed !== undefined) await noteObservations(overlay, after, options, observed)
    } else {
      const reasons = await reasonsOf(overlay, earlier, { before, after, view, options, observed })
      if (reasons.length === 0) unaffected.push(overlay.name)
      else affected.push({ overlay: overlay.name, change: 'changed', reasons })
    }
  }
  for (const { name } of before.overlays) {
    if (after.overlays.some((overlay) => overlay.name === name)) continue
    affected.push({ overlay: name, change: 'removed', reasons: [] })
  }
  affected.sort((a, b) => (a.overlay < b.overlay ? -1 : 1))
  const { commit, borrowsConfiguration } = before
  return { commit, affected, unaffected, borrowsConfiguration }
}

interface Sides {
  readonly before: BaseSide
  readonly after: ReviewSide
  /** The tree before the change. */
  readonly view: TreeView
  readonly options: CallOptions
  readonly observed: Map<string, readonly Observation[]> | undefined
}

async function reasonsOf(overlay: Overlay, earlier: Overlay, sides: Sides): Promise<Reason[]> {
  const { before, after, view, options, observed } = sides
  const reasons: Reason[] = []
  try {
    if (!hasSameSettings(overlay, earlier, sides)) reasons.push({ kind: 'configuration', path: CONFIG_FILE })
    const { observations, named } = await after.observe(overlay, options)
    observed?.set(overlay.name, observations)
    for (const observation of observations) {
      const reason = compare(observation, view, sides)
      if (reason !== undefined) reasons.push({ ...reason, named: named.get(observation.path) })
    }
    reasons.push(...changedAttributes(observations, view, before, after))
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'aborted') throw error
    // What the render would read next is unknown, so the change may matter.
    reasons.push({ kind: 'not-readable', path: overlay.path })
  }
  return reasons
}

/** @throws RenderFault when the overlay extends one that is missing, or itself, after the change */
function hasSameSettings(overlay: Overlay, earlier: Overlay, { before, after }: Sides): boolean {
  const settings = settingsOf(overlay, after.overlays)
  return (
    overlay.path === earlier.path &&
    sharedSettings(before.config) === sharedSettings(after.config) &&
    isSettings(settings, earlier, before.overlays)
  )
}

/** Whether the overlay has the settings. Not if it extends one that is missing, or itself: then it did not render. */
function isSettings(settings: string, overlay: Overlay, overlays: readonly Overlay[]): boolean {
  try {
    return settingsOf(overlay, overlays) === settings
  } catch (error) {
    if (error instanceof RenderFault) return false
    throw error
  }
}

/** Notes what a render of the overlay reads; nothing when that is unknown, since it cannot be rendered. */
export async function noteObservations(
  overlay: Overlay,
  side: Pick<ReviewSide, 'observe'>,
  options: CallOptions,
  observed: Map<string, readonly Observation[]>,
): Promise<void> {
  try {
    observed.set(overlay.name, (await side.observe(overlay, options)).observations)
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'aborted') throw error
  }
}

/** How the change affected one observation; undefined when the base gives the same answer. */
function compare(
  observation: Observation,
  view: TreeView,
  { before, after }: Sides,
): Pick<Reason, 'kind' | 'path'> | undefined {
  const { path } = observation
  if (!isWithin(path, after.boundary)) return undefined
  const place = join(before.boundary, relative(after.boundary, path))
  if (stillMatches({ ...observation, path: place }, view)) return undefined
  const was = view.kindOf(place)
  const kind = (() => {
    if (was === undefined) return 'added'
    if (observation.kind === 'absent') return 'removed'
    return observation.kind === 'folder' && was === 'folder' ? 'listing' : 'changed'
  })()
  return { kind, path: after.shown(path) }
}
