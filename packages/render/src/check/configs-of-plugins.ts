import { configUpdaterObjects, type ProvidedObject } from '@overlay-render/check'

import type { PipelineContext } from '../pipeline-context.ts'
import { listFiles } from './list-files.ts'

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
