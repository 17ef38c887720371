import { baselineKey, type CheckFinding, newFindings } from '@overlay-render/check'
import type { Finding, Observation } from '@overlay-render/system'

import type { CheckPreparation } from '../check/check-preparation.ts'
import type { CheckScope } from '../check/check-scope.ts'
import type { CheckOptions } from '../check/check-workspace.ts'
import type { OverlayFindings } from '../check/check-sources.ts'
import { groupFindings } from '../check/group-findings.ts'
import { findDefiners } from '../check/definers.ts'
import type { CallOptions } from '../progress.ts'
import type { RenderResult } from '../rendered.ts'
import { type Reviewed, renderElsewhere } from './render-elsewhere.ts'
import type { BaseSide, ReviewSide } from './review-side.ts'

/** The overlays of a review, and what was read of each. */
export interface ReviewedRenders extends Reviewed {
  /** The observations of each affected overlay before the change, and of each overlay after it, by name. */
  readonly observed: Readonly<Record<'was' | 'is', ReadonlyMap<string, readonly Observation[]>>>
  /** Whether this part reports the findings outside of its overlays, too. */
  readonly isFirst: boolean
}

/** The new findings of a review. */
export interface ReviewFindings {
  /** The new findings in the overlays of this part, by name. */
  readonly ofOverlays: ReadonlyMap<string, readonly Finding[]>
  /** The new findings of no overlay, and of overlays that the change cannot affect. */
  readonly elsewhere: readonly CheckFinding[]
}

/**
 * The findings that the base lacks, as `check --base` reports them. An overlay that the change cannot affect is rendered only if
 * another overlay, the settings or the tree changed what its findings depend on.
 */
export async function reviewFindings(
  before: BaseSide,
  after: ReviewSide,
  renders: ReviewedRenders,
  options: CallOptions,
): Promise<ReviewFindings> {
  const { isFirst } = renders
  if (renders.was.size + renders.is.size === 0 && !isFirst) return { ofOverlays: new Map(), elsewhere: [] }
  const check = async (
    which: 'was' | 'is',
    checked: readonly RenderResult[],
    given: CheckOptions,
  ): Promise<OverlayFindings[]> => {
    const side = which === 'was' ? before : after
    const names = checked.map(({ overlay }) => overlay)
    const prepared = await side.prepareCheck(names, given)
    const observed = new Map([...renders.observed.is, ...renders.observed[which]])
    const scope = await scopeOf(side, checked, prepared, { ...renders, observed }, options)
    return side.check(checked, given, Promise.resolve(prepared), scope)
  }
  const same = isFirst ? await renderElsewhere(before, after, renders, options) : []
  const is = await check('is', [...renders.is.values(), ...same], options)
  const jobs = isFirst ? await after.assertJobs() : []
  const rules = rulesIn(is)
  const needs = neededFor(is)
  const known = await before.settle(async () => {
    const ofBase = [...renders.was.values(), ...same]
    const was =
      rules.size === 0 ? [] : await check('was', ofBase, { ...options, only: rules, needs, compared: true })
    return [...was, { overlay: undefined, findings: jobs.length === 0 ? [] : await before.assertJobs() }]
  })
  const found = { was: known, is: [...is, { overlay: undefined, findings: jobs }] }
  return freshFindings(found, new Set(renders.is.keys()), await after.baseline())
}

/**
 * The rules with findings after the change. The base is checked with these only, since findings of other rules before the change do
 * not matter.
 */
function rulesIn(found: readonly OverlayFindings[]): ReadonlySet<string> {
  const rules = found.flatMap(({ findings }) => findings.map(({ rule }) => rule))
  return new Set(rules.filter((rule) => rule !== NOT_RENDERED))
}

/** Whether an overlay has findings of a rule after the change. The base is built again only for a rule about builds that has some. */
function neededFor(found: readonly OverlayFindings[]): NonNullable<CheckOptions['needs']> {
  const keys = new Set(
    found.flatMap(({ overlay = '', findings }) => findings.map(({ rule }) => `${rule} ${overlay}`)),
  )
  return (overlay, rule) => keys.has(`${rule} ${overlay}`)
}

interface Scoped extends Pick<ReviewedRenders, 'unaffected' | 'isFirst'> {
  readonly observed: ReadonlyMap<string, readonly Observation[]>
}

async function scopeOf(
  side: ReviewSide,
  checked: readonly RenderResult[],
  preparation: CheckPreparation,
  { observed, unaffected, isFirst }: Scoped,
  options: CallOptions,
): Promise<CheckScope> {
  const names = new Set(checked.map(({ overlay }) => overlay))
  const elsewhere = isFirst ? unaffected.filter((name) => !names.has(name)) : []
  const others = side.overlays.map(({ name }) => name).filter((name) => !names.has(name))
  const definers = findDefiners(checked, preparation, side.folder).filter((name) => !names.has(name))
  return {
    observed,
    sourcesOf: new Set(elsewhere),
    ofNone: isFirst,
    definers: definers.length === 0 ? [] : await side.renderAll(definers, { ...options, secrets: 'stub' }),
    factsOf: async () => side.renderFacts(others, preparation, options),
  }
}

interface BothSides<Found> {
  readonly was: readonly Found[]
  readonly is: readonly Found[]
}

/** The rule for an overlay that does not render. A review reports the fault instead. */
const NOT_RENDERED = 'not-rendered'

/** Drops the findings that the base or the baseline has. @param own the overlays of this part */
function freshFindings(
  { was, is }: BothSides<OverlayFindings>,
  own: ReadonlySet<string>,
  baseline: ReadonlySet<string>,
): ReviewFindings {
  const known = new Set([
    ...baseline,
    ...was.flatMap(({ overlay = '', findings }) => findings.map((finding) => baselineKey(finding, overlay))),
  ])
  const ofOverlays = new Map<string, Finding[]>()
  const elsewhere: OverlayFindings[] = []
  for (const { overlay, findings } of is) {
    const told = findings.filter(({ rule }) => rule !== NOT_RENDERED)
    if (overlay === undefined || !own.has(overlay)) elsewhere.push({ overlay, findings: told })
    else {
      const fresh = told.filter((finding) => !known.has(baselineKey(finding, overlay)))
      ofOverlays.set(overlay, [...(ofOverlays.get(overlay) ?? []), ...fresh])
    }
  }
  return { ofOverlays, elsewhere: newFindings(groupFindings(elsewhere), known) }
}
