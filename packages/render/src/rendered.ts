import type { RenderedConfig } from '@overlay-render/configs'
import type { Manifests, Resource } from '@overlay-render/golden'
import type { Kustomize } from '@overlay-render/kustomize'
import { type Fault, type Finding, type Observation, SystemFault } from '@overlay-render/system'

import type { SecretMode } from './workspace-config.ts'

/** The configs of one overlay, patched or copied. */
export interface RenderedConfigs {
  readonly overlay: string
  readonly configs: readonly RenderedConfig[]
  /** What a person may not want although it was rendered; files are relative to the workspace. */
  readonly warnings: readonly Finding[]
  /** Every question that the render asked of the tree, and its answer, sorted by path. */
  readonly observations: readonly Observation[]
  /** Absolute paths of the files, links and listed folders that were read, and of what was looked for in vain, sorted. */
  readonly inputs: readonly string[]
  /** Wall time in milliseconds. */
  readonly duration: number
}

/** One overlay, rendered. */
export interface Rendered extends RenderedConfigs {
  /** The bytes that kustomize printed. */
  readonly manifests: Uint8Array
  /** The objects in them, parsed once, when first asked for: whatever compares a render takes these. */
  readonly objects: Manifests
  /** The same as a list. */
  readonly resources: readonly Resource[]
  /** How many there are of each kind, most first. */
  readonly kinds: ReadonlyMap<string, number>
  readonly secrets: SecretMode
  /** The files of generators that were replaced by stubs, and those that templates made of stubs, relative to the workspace, sorted. */
  readonly stubbed: readonly string[]
  /** Those among them that ConfigMaps are made of: they are not in the tracked tree. */
  readonly stubbedInputs: readonly string[]
  /** What built it; undefined for a folder of plain manifests. */
  readonly kustomize: Kustomize | undefined
}

/** What became of one overlay of many. */
export type RenderResult =
  | { readonly overlay: string; readonly rendered: Rendered | RenderedConfigs }
  | { readonly overlay: string; readonly fault: Fault }

/**
 * What a full disk or a program that does not start did to a render says nothing about its overlay.
 *
 * @throws SystemFault the first such fault
 */
export function requireMachine(results: Iterable<RenderResult>): void {
  for (const result of results) {
    if ('fault' in result && result.fault instanceof SystemFault && result.fault.blame === 'program')
      throw result.fault
  }
}

type Unparsed = Omit<Rendered, 'objects' | 'resources' | 'kinds'>
type Parse = (rendered: Unparsed) => Manifests

/**
 * Adds the objects to a render, lazily.
 *
 * @param parse undefined when the caller said that the objects are only counted
 * @param counted how many there are of each kind, where that is known already
 */
export function withObjects(
  rendered: Unparsed,
  parse: Parse | undefined,
  counted?: ReadonlyMap<string, number>,
): Rendered {
  let parsed: Manifests | undefined
  let kinds = counted
  return {
    ...rendered,
    get objects() {
      if (parse === undefined) throw new TypeError('this render was asked for without its objects')
      parsed ??= parse(rendered)
      return parsed
    },
    get resources() {
      return this.objects.resources
    },
    get kinds() {
      kinds ??= countKinds(this.resources)
      return kinds
    },
  }
}

function countKinds(resources: readonly Resource[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { id } of resources) counts.set(id.kind, (counts.get(id.kind) ?? 0) + 1)
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)))
}

/** The paths of what was asked, without the folders that were only passed through. */
export function inputsOf(observations: readonly Observation[]): string[] {
  return observations
    .filter(
      ({ kind, digest, names }) =>
        kind === 'link' || kind === 'absent' || digest !== undefined || names !== undefined,
    )
    .map(({ path }) => path)
}

export type { RenderedConfig }
