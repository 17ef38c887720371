import { isMap, member } from '@overlay-render/golden'
import { type Finding, nearestNames } from '@overlay-render/system'

import { entriesOfField } from '../jobs/repository.ts'
import { pluginListOf, pluginsOf } from './enabled-plugins.ts'
import { KNOWN_PLUGINS } from './known-plugins.ts'
import { example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** Unknown plugins, and plugins that are enabled twice. */
export const pluginNames: Rule<ProwCheck> = {
  name: 'plugin-names',
  severity: 'error',
  doc: 'An unknown plugin is enabled, or a plugin is enabled both for an organization and for its repository.',
  check({ plugins, prow: { origins } }) {
    const enabled = entriesOfField(plugins?.value, 'plugins')
    const holder = member(plugins?.value, 'plugins')
    const ofOrganization = (key: string): string[] =>
      key.includes('/') && isMap(holder) ? pluginsOf(member(holder, key.split('/')[0] ?? '')) : []
    return enabled.flatMap(([key, value]): Finding[] => {
      const list = pluginListOf(value)
      const inherited = new Set(ofOrganization(key))
      return pluginsOf(value).flatMap((name, index): Finding[] => {
        const position = Array.isArray(list) ? origins.positionOfField(list, String(index)) : undefined
        const found = { rule: 'plugin-names', severity: 'error' as const, position }
        if (!KNOWN_PLUGINS.has(name)) {
          const [nearest] = nearestNames(name, KNOWN_PLUGINS)
          const hint =
            nearest === undefined ? 'external plugins go under external_plugins' : `did you mean ${nearest}?`
          return [{ ...found, message: `there is no plugin ${name}`, hint }]
        }
        if (!inherited.has(name)) return []
        const hint = 'hook refuses the configuration: remove one of them'
        return [{ ...found, message: `${key} enables ${name}, which its organization already enables`, hint }]
      })
    })
  },
  examples: {
    fires: [
      example('a typo', { plugins: 'plugins: {o/r: {plugins: [aprove]}}' }),
      example('a typo in the older form', { plugins: 'plugins: {o/r: [aprove]}' }),
      example('a plugin of an organization and again of its repository', {
        plugins: 'plugins: {o: {plugins: [lgtm]}, o/r: {plugins: [lgtm]}}',
      }),
    ],
    silent: [
      example('two repositories', {
        plugins: 'plugins: {o/r: {plugins: [lgtm]}, o/s: {plugins: [lgtm, trigger]}}',
      }),
      example('an empty repository', { plugins: 'plugins: {o: {plugins: [lgtm]}, o/r: }' }),
    ],
  },
}
