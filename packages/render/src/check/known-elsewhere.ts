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
  ofPlugins: readonly ProvidedObject[],
  signal: AbortSignal | undefined,
): KnownElsewhere {
  const provides = [...context.config.provides, ...results.flatMap(configsOfUpdater), ...ofPlugins]
  let created: Promise<ProvidedObject[]> | undefined
  return { provides, created: () => (created ??= createdObjects(context, signal)) }
}

export interface KnownElsewhere {
  readonly provides: readonly ProvidedObject[]
  /** What scripts of the tree create with kubectl: asked for only where something is missing, since all files are searched. */
  readonly created: () => Promise<readonly ProvidedObject[]>
}

/** The ConfigMaps that Prow makes, by the plugins files that the workspace keeps, whoever deploys them. */
export async function configsOfPlugins(
  { visible, workspace }: PipelineContext,
  signal?: AbortSignal,
): Promise<ProvidedObject[]> {
  const view = await visible.view('stub', signal)
  return listFiles(view, workspace)
    .filter((path) => /(?:^|\/)_?plugins?\.ya?ml$/u.test(path))
    .flatMap((path) => configUpdaterObjects(Buffer.from(view.readFile(path)).toString()))
}

/** The ConfigMaps that Prow makes of files in git, by the plugins.yaml that an overlay embeds or patches. */
function configsOfUpdater(result: RenderResult): ProvidedObject[] {
  if ('fault' in result) return []
  const { rendered } = result
  const texts = new Set(rendered.configs.map(({ bytes }) => Buffer.from(bytes).toString()))
  if ('manifests' in rendered && Buffer.from(rendered.manifests).includes('config_updater:')) {
    for (const { id, value } of rendered.resources) {
      if (id.kind !== 'ConfigMap') continue
      for (const [, text] of entriesOfField(value, 'data')) if (typeof text === 'string') texts.add(text)
    }
  }
  return [...texts].flatMap(configUpdaterObjects)
}
