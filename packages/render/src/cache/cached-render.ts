import { digestOf, Fault, type Finding, type Position } from '@overlay-render/system'

import type { Overlay } from '../overlays.ts'
import type { PipelineContext, RenderOptions } from '../pipeline-context.ts'
import type { OverlayInputs } from '../overlay-inputs.ts'
import type { PinnedKustomize } from '../pinned-kustomize.ts'
import type { CallOptions } from '../progress.ts'
import {
  inputsOf,
  type Rendered,
  type RenderedConfig,
  type RenderedConfigs,
  withObjects,
} from '../rendered.ts'
import type { KeptResult } from './kept-result.ts'
import { type Recipe, recipeKey } from './recipe.ts'

type Fresh<Result, Options> = (options: Options) => Promise<Result>

/** A render from the cache if the tree gives the same answers as before, else a fresh one, which is then kept. */
export async function cachedRender(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
  fresh: Fresh<Rendered, RenderOptions>,
): Promise<Rendered> {
  // Nothing is built for a folder of plain manifests.
  if (overlay.layout.kind === 'folder') return fresh(options)
  if (!isCacheable(context, options)) return fresh(options)
  const isBuilt = overlay.layout.kind === 'kustomize'
  const pinned = isBuilt ? await pinnedIfAny(context, options) : undefined
  if (isBuilt && pinned === undefined) return fresh(options)
  const kustomize = pinned?.kustomize
  return readThrough(context, { overlay, options, kustomize, kind: 'render' }, fresh, {
    pack: packRender,
    unpack: async (kept, started) => {
      const configs = unpackConfigs(kept, context)
      const manifests = bytesOf(kept, field(kept.value, 'manifests'))
      if (configs === undefined || manifests === undefined) return undefined
      const parse = options.resources === 'counted' ? undefined : await loadParser()
      const { observations, value } = kept
      return withObjects(
        {
          overlay: overlay.name,
          manifests,
          configs,
          warnings: field(value, 'warnings') as readonly Finding[],
          secrets: 'stub',
          stubbed: field(value, 'stubbed') as readonly string[],
          stubbedInputs: field(value, 'stubbedInputs') as readonly string[],
          kustomize,
          observations,
          inputs: inputsOf(observations),
          duration: performance.now() - started,
        },
        parse,
        new Map(field(value, 'kinds') as readonly (readonly [string, number])[]),
      )
    },
  })
}

/** `cachedRender` for a render that stops before kustomize. */
export async function cachedConfigs(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
  fresh: Fresh<RenderedConfigs, RenderOptions>,
): Promise<RenderedConfigs> {
  if (!isCacheable(context, options)) return fresh(options)
  return readThrough(context, { overlay, options, kustomize: undefined, kind: 'configs' }, fresh, {
    pack: packRender,
    unpack: async (kept, started) => {
      const configs = unpackConfigs(kept, context)
      if (configs === undefined) return undefined
      const { observations, value } = kept
      return {
        overlay: overlay.name,
        configs,
        warnings: field(value, 'warnings') as readonly Finding[],
        observations,
        inputs: inputsOf(observations),
        duration: performance.now() - started,
      }
    },
  })
}

/** `cachedRender` for the list of inputs that a build would read. */
export async function cachedInputs(
  context: PipelineContext,
  overlay: Overlay,
  options: CallOptions,
  fresh: Fresh<OverlayInputs, RenderOptions>,
): Promise<OverlayInputs> {
  if (context.cache === undefined) return fresh(options)
  const request = { overlay, options: { ...options, secrets: 'stub' as const }, kustomize: undefined }
  return readThrough(context, { ...request, kind: 'inputs' }, fresh, {
    pack: ({ observations, named }) => ({ observations, value: { named: [...named] }, blobs: new Map() }),
    unpack: async ({ observations, value }) => ({
      observations,
      named: new Map(field(value, 'named') as readonly (readonly [string, Position])[]),
    }),
  })
}

type Request = Omit<Recipe, 'context' | 'tool'>

interface Codec<Result> {
  readonly pack: (result: Result) => KeptResult
  /** Undefined when the kept result does not match the workspace any more. */
  readonly unpack: (kept: KeptResult, started: number) => Promise<Result | undefined>
}

async function readThrough<Result>(
  context: PipelineContext,
  request: Request,
  fresh: Fresh<Result, RenderOptions>,
  { pack, unpack }: Codec<Result>,
): Promise<Result> {
  const { cache, visible } = context
  const { overlay, options } = request
  if (cache === undefined) return fresh(options)
  const started = performance.now()
  const recipe = recipeKey({ context, ...request, tool: cache.tool })
  const kept =
    (await cache.find(recipe, (ask) => visible.find(ask, options.signal))) ??
    (await cache.findShared(recipe, () => visible.view('stub', options.signal)))
  const found = kept === undefined ? undefined : await unpack(kept, started)
  if (found !== undefined) {
    cache.countHit()
    options.onProgress?.({ overlay: overlay.name, step: 'done' })
    return found
  }
  let isRepeatable = true
  const result = await fresh({ ...options, onUnrepeatable: () => (isRepeatable = false) })
  const packed = isRepeatable ? packIfFit(result, pack) : undefined
  if (packed !== undefined) {
    cache.keep(recipe, packed)
    await cache.share(recipe, packed)
  }
  return result
}

/** Undefined for manifests that cannot be parsed: that is an error only when the resources are used. */
function packIfFit<Result>(result: Result, pack: (result: Result) => KeptResult): KeptResult | undefined {
  try {
    return pack(result)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** Nothing that holds real secrets is cached. */
function isCacheable({ cache, config }: PipelineContext, options: RenderOptions): boolean {
  return cache !== undefined && (options.secrets ?? config.secrets) === 'stub'
}

/** Undefined when the pinned program is missing. The step that needs it reports that, after any earlier problem. */
async function pinnedIfAny(
  { pinned }: PipelineContext,
  options: CallOptions,
): Promise<PinnedKustomize | undefined> {
  try {
    return await pinned(options)
  } catch {
    return undefined
  }
}

async function loadParser(): Promise<
  (rendered: Pick<Rendered, 'overlay' | 'manifests'>) => Rendered['objects']
> {
  return (await import('../parse-objects.ts')).parseObjects
}

function packRender(rendered: Rendered | RenderedConfigs): KeptResult {
  const blobs = new Map<string, Uint8Array>()
  const blobOf = (bytes: Uint8Array): string => {
    const digest = digestOf(bytes)
    blobs.set(digest, bytes)
    return digest
  }
  const { warnings, observations } = rendered
  const configs = rendered.configs.map((config) => ({
    ...config,
    bytes: blobOf(config.bytes),
  }))
  if (!('manifests' in rendered)) return { value: { configs, warnings }, blobs, observations }
  const { manifests, stubbed, stubbedInputs, kinds } = rendered
  const value = { configs, warnings, stubbed, stubbedInputs, kinds: [...kinds], manifests: blobOf(manifests) }
  return { value, blobs, observations }
}

/** Undefined when the workspace now names other config files than those that were kept. */
function unpackConfigs(kept: KeptResult, { config }: PipelineContext): RenderedConfig[] | undefined {
  const files = config.configs?.files ?? []
  const written = field(kept.value, 'configs') as readonly (Omit<RenderedConfig, 'bytes'> & {
    bytes: unknown
  })[]
  if (!Array.isArray(written) || written.length !== files.length) return undefined
  const configs: RenderedConfig[] = []
  for (const [index, config] of written.entries()) {
    const bytes = bytesOf(kept, config.bytes)
    if (bytes === undefined || config.path !== files[index]) return undefined
    configs.push({ ...config, bytes })
  }
  return configs
}

function bytesOf({ blobs }: KeptResult, digest: unknown): Uint8Array | undefined {
  return typeof digest === 'string' ? blobs.get(digest) : undefined
}

/**
 * A field of a record. Callers may cast it: the key of a record has the version of the tool, and a damaged record is dropped, so the
 * types are those that were stored.
 */
function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
