import type { OpenedWorkspace } from '../opened-workspace.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { CallOptions } from '../progress.ts'
import type { RenderResult } from '../rendered.ts'
import type { CheckPreparation } from './check-preparation.ts'
import { hidesConfigMaps, mayDefine } from './hidden-facts.ts'

export interface FactOptions extends CallOptions {
  /** Whether the CustomResourceDefinitions of an overlay are wanted, too. */
  readonly defines?: ((overlay: string) => boolean) | undefined
}

interface Wanted {
  readonly names: readonly string[]
  readonly prepared: CheckPreparation
}

/**
 * Renders overlays that are not checked, for what the findings of others depend on: the ConfigMaps that Prow creates by their plugins,
 * and their CustomResourceDefinitions. Only an overlay whose sources do not tell is built; of the others only the configs are rendered.
 */
export async function renderFacts(
  { workspace: folder }: Pick<PipelineContext, 'workspace'>,
  workspace: Pick<OpenedWorkspace, 'renderAll'>,
  { names, prepared }: Wanted,
  { defines = () => false, ...options }: FactOptions,
): Promise<RenderResult[]> {
  const { ofPlugins, sources } = prepared
  const isBuilt = (name: string): boolean => {
    const own = sources.get(name)
    if (own === undefined) return false
    return hidesConfigMaps(own, { workspace: folder, ofPlugins }) || (defines(name) && mayDefine(own, folder))
  }
  const built = names.filter(isBuilt)
  const others = names.filter((name) => !built.includes(name))
  return [
    ...(await workspace.renderAll(built, { ...options, secrets: 'stub' })),
    ...(await workspace.renderAll(others, { ...options, secrets: 'stub', configsOnly: true })),
  ]
}
