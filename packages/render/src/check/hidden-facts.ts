import { resolve } from 'node:path'

import type { TreeView } from '@overlay-render/system'

import { canonicalText } from '../cache/key.ts'
import type { CheckPreparation } from './check-preparation.ts'
import type { OverlaySources } from './overlay-sources.ts'

/** A line that every plugins file has that makes Prow create ConfigMaps. */
const UPDATER = 'config_updater:'
/** The kind of an object that defines a kind. */
export const DEFINITION = 'CustomResourceDefinition'

/** Fields of a kustomization that can compute an object or a text. */
const COMPUTED = /^(?:replacements|generators|transformers|helmCharts|helmChartInflationGenerator):/mu

/** The roles of files whose text kustomize embeds in an object: they define none. */
export const EMBEDDED: ReadonlySet<string> = new Set([
  'configmap-file',
  'configmap-env',
  'secret-file',
  'secret-env',
])

/** What decides whether the sources of an overlay tell a fact. */
export interface FactSources extends Pick<CheckPreparation, 'ofPlugins'> {
  readonly workspace: string
}

/**
 * Whether only a build tells which ConfigMaps Prow creates by the plugins in an overlay. Otherwise the plugins files of the tree and the
 * rendered configs tell all of them.
 */
export function hidesConfigMaps(own: OverlaySources, { workspace, ofPlugins }: FactSources): boolean {
  return someText(own, workspace, ({ text }) => text.includes(UPDATER) && !ofPlugins.has(text))
}

/** Whether the output of an overlay may have a CustomResourceDefinition. @param kinds of one of these kinds; of any when absent */
export function mayDefine(own: OverlaySources, workspace: string, kinds: readonly string[] = ['']): boolean {
  return someText(
    own,
    workspace,
    ({ role, text }) =>
      !EMBEDDED.has(role) && text.includes(DEFINITION) && kinds.some((kind) => text.includes(kind)),
  )
}

interface SourceText {
  readonly role: string
  readonly text: string
}

/** Whether a text that an overlay is made from has a property. Also true where the texts alone do not tell. */
function someText(own: OverlaySources, workspace: string, has: (source: SourceText) => boolean): boolean {
  const { overlay, graph, view } = own
  // Rendering a folder of plain manifests is faster than searching it.
  if (overlay.layout.kind === 'folder') return true
  const { templates, edits } = overlay.settings
  const ofFiles = graph.files.map(({ role, real }) => ({ role: String(role), text: textOf(view, real) }))
  const ofTemplates = templates.map(({ source }) =>
    'from' in source ? textOf(view, resolve(workspace, source.from)) : source.text,
  )
  const ofSettings = [...ofTemplates, canonicalText(overlay.settings)]
  return (
    edits.some(({ expression }) => expression.includes('load')) ||
    ofFiles.some(({ role, text }) => role === 'kustomization' && COMPUTED.test(text)) ||
    [...ofFiles, ...ofSettings.map((text) => ({ role: 'setting', text }))].some(has)
  )
}

/** The text of a file; '' where there is none. */
export function textOf(view: TreeView, path: string): string {
  return view.kindOf(path) === 'file' ? Buffer.from(view.readFile(path)).toString('utf8') : ''
}
