import { isMap, member, type ValueMap } from '@overlay-render/golden'
import type { Finding, Position } from '@overlay-render/system'

import { FORGET, type OriginRecord, Origins } from '../decode/origins.ts'
import { type DecodedFile, readFile, type SourceFile } from '../decode/read-file.ts'
import { structNamed } from '../schema/type.ts'
import { type JobSettings, jobSettings, type JobType, withDefaults } from './defaults.ts'
import { chooseJobFiles } from './job-files.ts'
import { applyPresets, presetName } from './presets.ts'
import { entriesOfField, mapsOf, textOf } from './repository.ts'

/** A Prow job with presets and defaults, as Prow itself runs it. */
export interface EffectiveJob {
  readonly type: JobType
  /** `org/repo`; undefined for a periodic. */
  readonly repo: string | undefined
  readonly name: string
  /** The position of the job's name. */
  readonly position: Position
  /** The job as Prow prints it as JSON. Parts are shared between jobs: never change it. */
  readonly job: ValueMap
  /** The job as written, without presets and defaults. */
  readonly written: ValueMap
}

/** The files of one Prow instance. Paths are relative to the same root, with `/`. */
export interface ProwFiles {
  /** Prow's `config.yaml`; without it every setting has its default. */
  readonly config?: SourceFile | undefined
  /** All files below the job folder, or the job files themselves. */
  readonly jobs: readonly SourceFile[]
  /** The job folder, which `.prowignore` files are relative to; the root when absent. */
  readonly folder?: string | undefined
}

/** The configuration and the jobs that Prow reads from its files. */
export interface Prow {
  readonly jobs: readonly EffectiveJob[]
  readonly presets: readonly ValueMap[]
  readonly settings: JobSettings
  /** The decoded Prow config. */
  readonly config: ValueMap
  readonly configFile: DecodedFile | undefined
  readonly files: readonly DecodedFile[]
  /** Problems of the files themselves: YAML, types, unknown fields, presets. */
  readonly findings: readonly Finding[]
  readonly origins: Origins
}

/** Shared by several loads, so that a file with the same path and bytes is decoded once. */
export class LoadMemory {
  readonly origins: Origins = new Origins()
  readonly #files = new Map<string, DecodedFile>()

  /** Decodes a file into a Go type. */
  read(file: SourceFile, type: string): DecodedFile {
    const known = this.#files.get(file.path)
    if (known !== undefined && Buffer.compare(known.file.bytes, file.bytes) === 0) return known
    const made = readFile(file, type, this.origins)
    this.#files.set(file.path, made)
    return made
  }
}

/** Reads a Prow config and its job files as Prow's own loader does. A file that cannot be read becomes a finding; the rest is loaded. */
export function loadProw(files: ProwFiles, memory: LoadMemory = new LoadMemory()): Prow {
  const chosen = chooseJobFiles(files.jobs, files.folder ?? '')
  const findings: Finding[] = [...chosen.findings]
  const report = (finding: Finding): void => void findings.push(finding)
  const { origins } = memory
  const configFile = files.config === undefined ? undefined : memory.read(files.config, 'config.Config')
  const decoded = chosen.files.map((file) => memory.read(file, 'config.JobConfig'))
  for (const each of [configFile, ...decoded]) findings.push(...(each?.findings ?? []))
  const config = configFile?.value ?? structNamed('config.Config').zero
  const settings = jobSettings(config, origins)
  const sources = [config, ...decoded.map(({ value }) => value)]
  const presets = sources.flatMap((source) => mapsOf(source, 'presets'))
  checkPresets(presets, origins, report)
  const start = { file: configFile?.file.path ?? '', line: 1, column: 1 }
  const jobs = writtenJobs(sources).map((each): EffectiveJob => {
    const position = origins.positionOfField(each.job, 'name') ?? start
    const job = fillIn(each, { settings, presets, position, origins: FORGET, report })
    return {
      type: each.type,
      repo: each.repo,
      name: textOf(each.job, 'name'),
      position,
      job,
      written: each.job,
    }
  })
  return { jobs, presets, settings, config, configFile, files: decoded, findings, origins }
}

interface FillContext {
  readonly settings: JobSettings
  readonly presets: readonly ValueMap[]
  readonly position: Position
  readonly origins: OriginRecord
  readonly report: (finding: Finding) => void
}

/** Fills in defaults and presets of a job; origins are reported to the record. */
export function fillIn({ job, type, repo }: WrittenJob, context: FillContext): ValueMap {
  return applyPresets(withDefaults(job, type, repo, context), context.presets, context)
}

/** A job as it is written in a file. */
export interface WrittenJob {
  readonly type: JobType
  readonly repo: string | undefined
  readonly job: ValueMap
}

const LISTS = [
  ['presubmit', 'presubmits'],
  ['postsubmit', 'postsubmits'],
] as const

function writtenJobs(sources: readonly ValueMap[]): WrittenJob[] {
  const byRepository = LISTS.flatMap(([type, list]) =>
    sources.flatMap((source) =>
      entriesOfField(source, list).flatMap(([repo, jobs]) =>
        Array.isArray(jobs) ? jobs.filter(isMap).map((job) => ({ type, repo, job })) : [],
      ),
    ),
  )
  const periodics = sources.flatMap((source) =>
    mapsOf(source, 'periodics').map((job) => ({ type: 'periodic' as const, repo: undefined, job })),
  )
  return [...byRepository, ...periodics]
}

/** Prow refuses two presets with the same label and value. */
function checkPresets(
  presets: readonly ValueMap[],
  origins: Origins,
  report: (finding: Finding) => void,
): void {
  const seen = new Set<string>()
  for (const preset of presets) {
    for (const [label, value] of entriesOfField(preset, 'labels')) {
      const pair = `${label}:${String(value)}`
      if (seen.has(pair)) {
        const labels = member(preset, 'labels')
        report({
          rule: 'duplicate-preset',
          severity: 'error',
          message: `${presetName(preset)} has the label ${label}=${String(value)} of another preset`,
          position: isMap(labels) ? origins.positionOfField(labels, label) : origins.positionOf(preset),
          hint: 'Prow refuses the whole configuration: give the preset a label of its own',
        })
      }
      seen.add(pair)
    }
  }
}
