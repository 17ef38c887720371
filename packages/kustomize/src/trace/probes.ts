import { fieldOf, textOf } from '../graph/value-fields.ts'
import type { Value } from '../graph/yaml-value.ts'
import type { BuildStep } from './build-steps.ts'
import { printFlow } from './print-flow.ts'

/**
 * A point of a build at which a patch copies every selected resource into itself, under unique keys. Probes are numbered in
 * the order of the build.
 */
export interface Probe {
  readonly number: number
  readonly root: string
  /**
   * `before` and `after`: around a step, on what it selects. `patched`: after the `patches` of a root, on what any of them
   * selected. `selected`: on what a target of a replacement selects.
   */
  readonly at: 'before' | 'after' | 'patched' | 'selected'
  readonly step: BuildStep | undefined
}

const PREFIX = 'zz-overlay-render-'
/** Followed by the number of an origin: a key of objects from files, an annotation of generated ones. */
export const ORIGIN_KEY: string = `${PREFIX}origin-`
const PROBE_KEY = new RegExp(`^${PREFIX}(\\d+)-(.*)$`, 'u')

/** The key of a probe's copy of a section, such as `spec`. */
export function probeKey({ number }: Pick<Probe, 'number'>, section: string): string {
  return `${PREFIX}${number}-${section}`
}

export function parseProbeKey(
  key: string,
): { readonly number: number; readonly section: string } | undefined {
  const [, number, section] = PROBE_KEY.exec(key) ?? []
  return number === undefined || section === undefined ? undefined : { number: Number(number), section }
}

/**
 * The entry of `patches` for a probe. The copy of a missing section is null in every version.
 *
 * @param target in flow style
 */
export function probeEntry(probe: Probe, target: string, sections: readonly string[]): string {
  return `{"target": ${target}, "patch": ${JSON.stringify(operations(probe, sections))}}`
}

function operations(probe: Probe, sections: readonly string[]): string {
  return JSON.stringify(
    sections.map((section) => ({
      op: 'copy',
      from: `/${escapePointer(section)}`,
      path: `/${escapePointer(probeKey(probe, section))}`,
    })),
  )
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Targets that select at least what a step selects, in flow style; for a patch without a target, its objects. */
export function targetsOf({ target, patch }: BuildStep): string[] {
  if (target !== undefined && target.kind !== 'null') return [printFlow(target)]
  return (patch?.values ?? []).map((object) => JSON.stringify(targetOf(object)))
}

function targetOf(object: Value): Record<string, string> {
  const apiVersion = textOf(fieldOf(object, 'apiVersion'))
  const slash = apiVersion.indexOf('/')
  const name = textOf(fieldOf(fieldOf(object, 'metadata'), 'name'))
  return {
    ...(slash < 0 ? {} : { group: apiVersion.slice(0, slash) }),
    version: apiVersion.slice(slash + 1),
    kind: textOf(fieldOf(object, 'kind')),
    name: name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'),
  }
}
