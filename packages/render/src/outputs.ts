import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { checkOverlayName } from '@overlay-render/golden'
import { makeOutputFolder, type OutputOptions, readOutput, writeAtomically } from '@overlay-render/system'

import { recordOutputs, removeStaleOutputs } from './output-record.ts'
import type { PipelineContext } from './pipeline-context.ts'
import type { Rendered, RenderedConfig, RenderedConfigs } from './rendered.ts'
import type { SecretMode } from './workspace-config.ts'
import { writeChanged } from './write-changed.ts'

/** A file that a render wrote. */
export interface WrittenFile {
  /** Absolute. */
  readonly path: string
  readonly bytes: number
}

/** What a render writes. */
export interface OutputContent {
  readonly overlay: string
  readonly manifests: Uint8Array | undefined
  readonly configs: readonly Pick<RenderedConfig, 'path' | 'bytes'>[]
  readonly secrets: SecretMode
}

/** Where it writes, and how messages show it. */
export interface OutputPlaces {
  /** The folders in which no link is followed. In the output folder none is followed either. */
  readonly guarded: readonly string[]
  /** Formats a path for messages. */
  readonly shown: (path: string) => string
}

/**
 * Writes a render below `folder`: `<overlay>/manifests.yaml` and `<overlay>/configs/…`, with a `.gitignore` that keeps them out of
 * git. With real secrets only the owner can read the manifests. Configs of an earlier render that this one does not make are
 * removed.
 *
 * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`; GoldenFault `overlay-name-invalid`
 */
export function writeOutputs(
  folder: string,
  { overlay, manifests, configs, secrets }: OutputContent,
  { guarded, shown }: OutputPlaces,
): WrittenFile[] {
  checkOverlayName(overlay)
  const real = makeOutputFolder(folder, { guarded, shown: shown(folder) })
  const target = join(folder, ...overlay.split('/'))
  const options = (path: string): OutputOptions => ({ guarded: [...guarded, real], shown: shown(path) })
  const files = configs.map(({ path, bytes }) => ({
    path: join(target, 'configs', path),
    data: bytes,
    mode: 0o644,
  }))
  const made = files.map(({ path }) => path)
  if (manifests !== undefined) {
    files.push({
      path: join(target, 'manifests.yaml'),
      data: manifests,
      mode: secrets === 'real' ? 0o600 : 0o644,
    })
  }
  keepOutOfGit(folder, { target, isNew: readdirSync(real).length === 0 }, options)
  for (const { path, data, mode } of files) writeChanged(path, data, { mode, ...options(path) })
  removeStaleOutputs(target, made, options)
  recordOutputs(target, made, options)
  return files.map(({ path, data }) => ({ path, bytes: data.byteLength }))
}

/** Writes a render to `<out>/<overlay>/`; `out` is the workspace's `rendered` folder when absent. */
export function writeRendered(
  rendered: Rendered | RenderedConfigs,
  { workspace, boundary, shown }: PipelineContext,
  out: string | undefined,
): WrittenFile[] {
  const { overlay, configs } = rendered
  const [manifests, secrets] =
    'manifests' in rendered ? [rendered.manifests, rendered.secrets] : [undefined, 'stub' as const]
  return writeOutputs(
    out === undefined ? join(workspace, 'rendered') : resolve(out),
    { overlay, manifests, configs, secrets },
    { guarded: boundary.folders, shown },
  )
}

/** Writes the configs into the overlay's own `configs/` folder, as KubeVirt's script did. */
export function writeInPlace(
  { configs }: RenderedConfigs,
  overlay: string,
  { boundary, shown }: PipelineContext,
): WrittenFile[] {
  return configs.map(({ path: name, bytes }) => {
    const path = join(overlay, 'configs', name)
    writeAtomically(path, bytes, { guarded: boundary.folders, shown: shown(path) })
    return { path, bytes: bytes.byteLength }
  })
}

const IGNORE_ALL = '# Made by overlay-render: this folder holds rendered output.\n*\n'

/**
 * Writes the `.gitignore`: to the output folder when that is new, empty or has ours already; to the overlay's own folder when the
 * output folder holds other files.
 */
function keepOutOfGit(
  folder: string,
  { target, isNew }: { target: string; isNew: boolean },
  options: (path: string) => OutputOptions,
): void {
  const [whole, own] = [join(folder, '.gitignore'), join(target, '.gitignore')]
  if (isOurs(whole, options(whole)) || isOurs(own, options(own))) return
  const path = isNew ? whole : own
  writeAtomically(path, IGNORE_ALL, options(path))
}

function isOurs(path: string, options: OutputOptions): boolean {
  return readOutput(path, options)?.toString('utf8') === IGNORE_ALL
}
