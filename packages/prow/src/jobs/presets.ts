import { isMap, member, type ValueMap } from '@overlay-render/golden'
import type { Finding, Position } from '@overlay-render/system'

import type { OriginRecord } from '../decode/origins.ts'
import { entriesOfField, mapsOf, textOf } from './repository.ts'

/** The name of a preset in messages: its labels. */
export function presetName(preset: ValueMap): string {
  const labels = entriesOfField(preset, 'labels').map(([label, value]) => `${label}=${String(value)}`)
  return labels.length === 0 ? 'the preset without labels' : `the preset ${labels.join(', ')}`
}

interface PresetContext {
  readonly origins: OriginRecord
  /** The position of the job. */
  readonly position: Position
  readonly report: (finding: Finding) => void
}

/**
 * Adds every preset whose labels a job has to the job's pod: environment variables and mounts to each container, volumes to the
 * pod. A duplicate name is a conflict, for which Prow refuses the configuration.
 */
export function applyPresets(job: ValueMap, presets: readonly ValueMap[], context: PresetContext): ValueMap {
  const spec = member(job, 'spec')
  if (!isMap(spec)) return job
  const labels = member(job, 'labels')
  const chosen = presets.filter((preset) => matches(preset, labels))
  if (chosen.length === 0) return job
  const pod = new PresetPod(spec, job, context)
  for (const preset of chosen) pod.add(preset)
  const made: ValueMap = { ...job, spec: pod.spec }
  context.origins.noteCopy(made, job)
  return made
}

function matches(preset: ValueMap, labels: ReturnType<typeof member>): boolean {
  return entriesOfField(preset, 'labels').every(([label, value]) => member(labels, label) === value)
}

class PresetPod {
  readonly spec: ValueMap
  readonly #containers: ValueMap[]
  readonly #job: ValueMap
  readonly #context: PresetContext

  constructor(spec: ValueMap, job: ValueMap, context: PresetContext) {
    this.#job = job
    this.#context = context
    this.spec = this.#copy(spec)
    this.#containers = mapsOf(spec, 'containers').map((container) => this.#copy(container))
    this.#setList(this.spec, 'containers', this.#containers)
  }

  add(preset: ValueMap): void {
    for (const container of this.#containers) this.#append(container, 'env', preset, 'environment variable')
    this.#append(this.spec, 'volumes', preset, 'volume')
    for (const container of this.#containers) this.#append(container, 'volumeMounts', preset, 'volume mount')
  }

  #append(holder: ValueMap, list: string, preset: ValueMap, noun: string): void {
    const given = mapsOf(preset, list)
    if (given.length === 0) return
    const items = mapsOf(holder, list)
    for (const item of given) {
      const name = textOf(item, 'name')
      if (items.some((other) => textOf(other, 'name') === name)) this.#conflict(preset, name, noun)
      else items.push(this.#mark(item, preset))
    }
    this.#setList(holder, list, items)
  }

  #mark(item: ValueMap, preset: ValueMap): ValueMap {
    this.#context.origins.noteVia(item, presetName(preset))
    return item
  }

  #setList(holder: ValueMap, key: string, items: ValueMap[]): void {
    const old = member(holder, key)
    if (Array.isArray(old)) this.#context.origins.noteCopy(items, old)
    holder[key] = items
  }

  #copy(original: ValueMap): ValueMap {
    const copy = { ...original }
    this.#context.origins.noteCopy(copy, original)
    return copy
  }

  #conflict(preset: ValueMap, name: string, noun: string): void {
    this.#context.report({
      rule: 'preset-conflict',
      severity: 'error',
      message: `${presetName(preset)} adds the ${noun} ${name} to the job ${textOf(this.#job, 'name')}, which already has it`,
      position: this.#context.position,
      hint: "remove the job's own, or the label: Prow refuses the whole configuration",
    })
  }
}
