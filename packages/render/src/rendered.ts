import type { RenderedConfig } from '@overlay-render/configs'
import type { Manifests, Resource } from '@overlay-render/golden'
import type { Kustomize } from '@overlay-render/kustomize'
import { type Fault, type Finding, type Observation, SystemFault } from '@overlay-render/system'

import type { SecretMode } from './workspace-config.ts'

/** The configs of one overlay, patched or copied. */
export interface RenderedConfigs {
  readonly overlay: string
  readonly configs: readonly RenderedConfig[]
  /** Findings about the render that did not stop it; files are relative to the workspace. */
  readonly warnings: readonly Finding[]
  /** Every question that the render asked about the tree, with its answer, sorted by path. */
  readonly observations: readonly Observation[]
  /** The absolute paths of the files, links and listed folders that were read, and of paths that did not exist, sorted. */
  readonly inputs: readonly string[]
  /** Wall time in milliseconds. */
  readonly duration: number
}

/** One overlay, rendered. */
export interface Rendered extends RenderedConfigs {
  /** The bytes that kustomize printed. */
  readonly manifests: Uint8Array
  /** The objects in them, parsed on first use. */
  readonly objects: Manifests
  /** `objects` as a list. */
  readonly resources: readonly Resource[]
  /** The number of resources of each kind, largest first. */
  readonly kinds: ReadonlyMap<string, number>
  readonly secrets: SecretMode
  /**
   * The files of generators that were replaced by stubs, and files that templates made from stub values, relative to the workspace,
   * sorted.
   */
  readonly stubbed: readonly string[]
  /** Those of them that ConfigMaps are generated from. They are not in the tracked tree. */
  readonly stubbedInputs: readonly string[]
  /** The program that built it; undefined for a folder of plain manifests. */
  readonly kustomize: Kustomize | undefined
}

/** The result for one of several overlays. */
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
 * Adds the objects to a render; they are parsed on first use.
 *
 * @param parse undefined when the caller only needs the counts
 * @param counted the number of resources of each kind, if it is known
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

/** The observed paths, without the folders that were only passed through. */
export function inputsOf(observations: readonly Observation[]): string[] {
  return observations
    .filter(
      ({ kind, digest, names }) =>
        kind === 'link' || kind === 'absent' || digest !== undefined || names !== undefined,
    )
    .map(({ path }) => path)
}

export type { RenderedConfig }
