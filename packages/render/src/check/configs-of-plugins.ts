import { configUpdaterObjects, type ProvidedObject } from '@overlay-render/check'

import type { PipelineContext } from '../pipeline-context.ts'
import { listFiles } from './list-files.ts'

/**
 * The ConfigMaps that Prow's updateconfig plugin creates, by every plugins file in the workspace, whichever overlay deploys it.
 *
 * @returns by the text of the plugins file
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

/** The ConfigMaps that updateconfig creates, by the text of the plugins file. */
export type ConfigsOfPlugins = ReadonlyMap<string, readonly ProvidedObject[]>
