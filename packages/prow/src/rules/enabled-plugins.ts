import { member, type Value } from '@overlay-render/golden'

import { textsOf } from '../jobs/repository.ts'

/**
 * The list of plugins that an organization or a repository enables. Prow reads `org/repo: {plugins: […]}`, and the older
 * `org/repo: […]`.
 */
export function pluginListOf(entry: Value | undefined): Value | undefined {
  return Array.isArray(entry) ? entry : member(entry, 'plugins')
}

/** The names in that list. */
export function pluginsOf(entry: Value | undefined): string[] {
  return textsOf({ plugins: pluginListOf(entry) ?? null }, 'plugins')
}
