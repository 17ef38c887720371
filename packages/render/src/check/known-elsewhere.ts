import { configUpdaterObjects, type ProvidedObject } from '@overlay-render/check'
import { entriesOfField } from '@overlay-render/golden'

import type { PipelineContext } from '../pipeline-context.ts'
import type { RenderResult } from '../rendered.ts'
import { createdObjects } from './created-objects.ts'
import { listFiles } from './list-files.ts'

/** The objects that are there without being in any render: what the settings declare, and what Prow makes of files in git. */
export function knownElsewhere(
  context: PipelineContext,
  results: readonly RenderResult[],
  ofPlugins: ConfigsOfPlugins,
  signal: AbortSignal | undefined,
): KnownElsewhere {
  const ofRenders = results.flatMap((result) => configsOfUpdater(result, ofPlugins))
  const provides = [...context.config.provides, ...ofRenders, ...[...ofPlugins.values()].flat()]
  let created: Promise<ProvidedObject[]> | undefined
  return { provides, created: () => (created ??= createdObjects(context, signal)) }
}

export interface KnownElsewhere {
  readonly provides: readonly ProvidedObject[]
  /** What scripts of the tree create with kubectl: asked for only where something is missing, since all files are searched. */
  readonly created: () => Promise<readonly ProvidedObject[]>
}

/**
 * The ConfigMaps that Prow makes, by the plugins files that the workspace keeps, whoever deploys them.
 *
 * @returns by the texts of the files
 */
export async function configsOfPlugins(
  { visible, workspace }: PipelineContext,
  signal?: AbortSignal,
): Promise<ConfigsOfPlugins> {
  const view = await visible.view('stub', signal)
  const texts = listFiles(view, workspace)
    .filter((path) => /(?:^|\/)_?plugins?\.ya?ml$/u.test(path))
    .map((path) => Buffer.from(view.readFile(path)).toString())
  return new Map(texts.map((text) => [text, configUpdaterObjects(text)]))
}

export type ConfigsOfPlugins = ReadonlyMap<string, readonly ProvidedObject[]>

/** The ConfigMaps that Prow makes of files in git, by the plugins.yaml that an overlay embeds or patches, where it is not known yet. */
function configsOfUpdater(result: RenderResult, known: ConfigsOfPlugins): ProvidedObject[] {
  if ('fault' in result) return []
  const { rendered } = result
  const texts = new Set(rendered.configs.map(({ bytes }) => Buffer.from(bytes).toString()))
  if ('manifests' in rendered && Buffer.from(rendered.manifests).includes('config_updater:')) {
    for (const resource of rendered.resources) {
      if (resource.id.kind !== 'ConfigMap' || !resource.text.includes('config_updater:')) continue
      for (const [, text] of entriesOfField(resource.value, 'data'))
        if (typeof text === 'string') texts.add(text)
    }
  }
  return [...texts].filter((text) => !known.has(text)).flatMap(configUpdaterObjects)
}
