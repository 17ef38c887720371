import { configUpdaterObjects, type ProvidedObject } from '@overlay-render/check'
import { entriesOfField } from '@overlay-render/golden'
import { once } from '@overlay-render/system'

import type { PipelineContext } from '../pipeline-context.ts'
import type { RenderResult } from '../rendered.ts'
import type { ConfigsOfPlugins } from './configs-of-plugins.ts'
import type { PreparedSources } from './prepare-sources.ts'

/** Objects that exist in the cluster without being in any render: those in `provides`, and those that Prow creates from files in git. */
export function knownElsewhere(
  { config }: PipelineContext,
  results: readonly RenderResult[],
  { ofPlugins, ofSources }: { readonly ofPlugins: ConfigsOfPlugins; readonly ofSources: PreparedSources },
  factsOf: () => Promise<readonly RenderResult[]> = async () => [],
): KnownElsewhere {
  const ofRenders = results.flatMap((result) => configsOfUpdater(result, ofPlugins))
  const provides = [...config.provides, ...ofRenders, ...[...ofPlugins.values()].flat(), ...ofSources.created]
  const created = once(async () => {
    const others = (await factsOf()).flatMap((result) => configsOfUpdater(result, ofPlugins))
    return [...others, ...(await ofSources.searchCreated())]
  })
  return { provides, created }
}

/** Objects that exist in the cluster without being in any render. */
export interface KnownElsewhere {
  readonly provides: readonly ProvidedObject[]
  /**
   * Found more slowly, so only on demand: objects that scripts of the tree create with kubectl, and those that Prow creates from
   * the plugins of other overlays.
   */
  readonly created: () => Promise<readonly ProvidedObject[]>
}

/** The ConfigMaps that Prow creates by a plugins.yaml that the overlay embeds or patches, if that text is not in `known`. */
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
