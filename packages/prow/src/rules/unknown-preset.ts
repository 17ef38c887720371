import { member } from '@overlay-render/golden'
import { type Finding, nearestNames } from '@overlay-render/system'

import type { Rule } from '@overlay-render/check'
import type { EffectiveJob } from '../jobs/load-prow.ts'
import { entriesOfField, textOf } from '../jobs/repository.ts'
import { atField, example, type ProwCheck } from './prow-check.ts'

/** The usual prefix of preset labels. */
const CUSTOM = 'preset-'
/** Values that turn a preset off. */
const OFF: ReadonlySet<string> = new Set(['', 'false'])

/** The values of each preset label. */
function presetLabels({ prow }: ProwCheck): Map<string, string[]> {
  const labels = new Map<string, string[]>()
  for (const preset of prow.presets)
    for (const [label, value] of entriesOfField(preset, 'labels'))
      labels.set(label, [...(labels.get(label) ?? []), String(value)])
  return labels
}

/** What to do about a label that looks like that of a preset but selects none; empty when nothing is wrong. */
function problem(label: string, value: string, known: ReadonlyMap<string, readonly string[]>): string[] {
  const values = known.get(label)
  if (OFF.has(value) || values?.includes(value) === true) return []
  if (values !== undefined)
    return [`the presets have the value ${values.map((one) => JSON.stringify(one)).join(' and ')}`]
  if (!label.startsWith(CUSTOM)) return []
  const [nearest] = nearestNames(label, [...known.keys()])
  return [nearest === undefined ? 'add the preset, or remove the label' : `did you mean ${nearest}?`]
}

/** Labels of presets that do not exist. */
export const unknownPreset: Rule<ProwCheck> = {
  name: 'unknown-preset',
  severity: 'warning',
  doc: 'A label of a job looks like that of a preset, but no preset has it, so it has no effect.',
  check(input) {
    // Without Prow's config its presets are unknown.
    if (input.prow.configFile === undefined) return []
    const known = presetLabels(input)
    const found = new Map<string, { label: string; pair: string; hint: string; jobs: EffectiveJob[] }>()
    for (const job of input.prow.jobs) {
      if (textOf(job.job, 'agent') !== 'kubernetes') continue
      for (const [label, value] of entriesOfField(job.written, 'labels')) {
        const pair = `${label}: ${JSON.stringify(String(value))}`
        const entry = found.get(pair)
        if (entry !== undefined) entry.jobs.push(job)
        else
          for (const hint of problem(label, String(value), known))
            found.set(pair, { label, pair, hint, jobs: [job] })
      }
    }
    return [...found.values()].flatMap(({ label, pair, hint, jobs }): Finding[] => {
      const [first] = jobs
      if (first === undefined) return []
      const labels = member(first.written, 'labels')
      const position =
        typeof labels === 'object' && labels !== null
          ? input.prow.origins.positionOfField(labels, label)
          : undefined
      const finding = atField(input, first, 'labels', {
        rule: 'unknown-preset',
        severity: 'warning',
        message: `${jobs.length === 1 ? `the job ${first.name} has` : `${jobs.length} jobs have`} the label ${pair}, which no preset has`,
        hint,
      })
      return [{ ...finding, position: position ?? finding.position }]
    })
  },
  examples: {
    fires: [
      example('a preset that does not exist', {
        config: 'presets: [{labels: {preset-dind: "true"}}]',
        jobs: 'periodics:\n- {name: a, interval: 1h, labels: {preset-quay: "true"}, SPEC}',
      }),
      example('another value', {
        config: 'presets: [{labels: {preset-dind: "true"}}]',
        jobs: 'periodics:\n- {name: a, interval: 1h, labels: {preset-dind: "yes"}, SPEC}',
      }),
    ],
    silent: [
      example('a preset that is turned off', {
        config: 'presets: [{labels: {preset-dind: "true"}}]',
        jobs: 'periodics:\n- {name: a, interval: 1h, labels: {preset-dind: "false", preset-gone: "false"}, SPEC}',
      }),
      example('a label for something else', {
        config: 'presets: [{labels: {preset-dind: "true"}}]',
        jobs: 'periodics:\n- {name: a, interval: 1h, labels: {team: storage}, SPEC}',
      }),
      example('a preset of a job file', {
        config: 'plank: {}',
        jobs: 'presets: [{labels: {preset-dind: "true"}}]\nperiodics:\n- {name: a, interval: 1h, labels: {preset-dind: "true"}, SPEC}',
      }),
      example('unknown presets, without the config', {
        jobs: 'periodics:\n- {name: a, interval: 1h, labels: {preset-dind: "true"}, SPEC}',
      }),
    ],
  },
}
