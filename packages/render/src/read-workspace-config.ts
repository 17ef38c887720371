import * as v from 'valibot'

import { defaultConfig, withDefaults } from './config-defaults.ts'
import { workspaceConfigSchema } from './config-schema.ts'
import { ConfigSource } from './config-source.ts'
import { CONFIG_FILE, type WorkspaceConfig } from './workspace-config.ts'

/**
 * Reads the text of `overlay-render.yaml`.
 *
 * @param text the file's content, or undefined when the workspace has none
 * @param kubevirtShaped whether the tree has KubeVirt's folder of base configs, which makes `configs` the default
 * @throws RenderFault `workspace-config-invalid` for the first problem, with the nearest valid key
 */
export function readWorkspaceConfig(
  text: string | undefined,
  { file = CONFIG_FILE, kubevirtShaped }: { file?: string; kubevirtShaped: boolean },
): WorkspaceConfig {
  if (text === undefined) return defaultConfig(kubevirtShaped)
  const source = new ConfigSource(file, text)
  source.refuseLists(workspaceConfigSchema)
  const parsed = v.safeParse(workspaceConfigSchema, source.value)
  if (!parsed.success) throw source.faultOf(parsed.issues[0])
  return withDefaults(parsed.output, kubevirtShaped, (path) => source.positionOf(path))
}
