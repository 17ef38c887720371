import type { Rule } from '@overlay-render/check'
import { isMap, member } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { entriesOfField } from '../jobs/repository.ts'
import { pluginsOf } from './enabled-plugins.ts'
import { example, type ProwCheck } from './prow-check.ts'

/** The plugin that reads each section of the plugins file. Sections that have a default are not here. */
const SECTIONS: ReadonlyMap<string, string> = new Map([
  ['approve', 'approve'],
  ['blockades', 'blockade'],
  ['lgtm', 'lgtm'],
  ['milestone_applier', 'milestoneapplier'],
  ['require_matching_label', 'require-matching-label'],
  ['triggers', 'trigger'],
  ['welcome', 'welcome'],
])

/** Sections of plugins that no repository enables. */
export const pluginSettings: Rule<ProwCheck> = {
  name: 'plugin-settings',
  severity: 'warning',
  doc: 'A section of the plugins file configures a plugin that no organization and no repository enables, so it has no effect.',
  check({ plugins, prow: { origins } }) {
    const value = plugins?.value
    const enabled = new Set(entriesOfField(value, 'plugins').flatMap(([, one]) => pluginsOf(one)))
    if (value === undefined || enabled.size === 0) return []
    return [...SECTIONS].flatMap(([section, plugin]): Finding[] => {
      const found = member(value, section)
      const isSet = Array.isArray(found) ? found.length > 0 : isMap(found) && Object.keys(found).length > 0
      if (!isSet || enabled.has(plugin)) return []
      return [
        {
          rule: 'plugin-settings',
          severity: 'warning',
          message: `${section} configures the plugin ${plugin}, which nothing enables`,
          position: origins.positionOfField(value, section),
          hint: `enable ${plugin} under plugins, or remove the section`,
        },
      ]
    })
  },
  examples: {
    fires: [
      example('a section without its plugin', {
        plugins:
          'plugins: {o: {plugins: [lgtm]}}\nrequire_matching_label: [{missing_label: needs-kind, org: o, prs: true, regexp: ^kind/}]',
      }),
    ],
    silent: [
      example('a plugin of one repository', {
        plugins: 'plugins: {o/r: {plugins: [lgtm]}}\nlgtm: [{repos: [o]}]',
      }),
      example('no plugins at all', { plugins: 'approve: [{repos: [o]}]' }),
    ],
  },
}
