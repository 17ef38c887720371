import type { Pin } from '@overlay-render/kustomize'
import { formatPosition, type Position } from '@overlay-render/system'
import { stringify } from 'yaml'

import { USUAL_SKIP } from '../config-defaults.ts'
import type { FoundConfigs } from './find-configs.ts'
import type { FoundEdit, SeenEdit } from './find-edits.ts'
import type { FoundProw } from './find-prow.ts'
import type { FoundOverlay } from './find-overlays.ts'
import type { FoundTemplate } from './find-origins.ts'

/** The settings for one overlay, and why. */
export interface FoundSettings {
  readonly overlay: string
  readonly parent: { readonly name: string; readonly position: Position } | undefined
  readonly templates: readonly FoundTemplate[]
  readonly edits: readonly FoundEdit[]
  readonly seen: readonly SeenEdit[]
}

/** An overlay that cannot be rendered yet. */
export interface LeftOverlay extends Pick<FoundOverlay, 'path' | 'kind' | 'skip'> {
  readonly reason: string
  /** What to do before it can be listed; undefined when it renders already. */
  readonly remedy: string | undefined
  /** Whether it uses remotes or charts, which `vendor` fetches. */
  readonly isRemote: boolean
}

/** Everything that `init` found and decided. */
export interface FoundConfig {
  /** Undefined for folders of plain manifests, which need none. */
  readonly pin: Pin | undefined
  /** Why this pin, one sentence a line. */
  readonly pinReasons: readonly string[]
  /** The version of the helm on this machine, for charts; undefined when none is needed or installed. */
  readonly helm: string | undefined
  /** Undefined for a tree without base configs. */
  readonly configs: FoundConfigs | undefined
  /** Prow's own files; undefined when they are at the default place. */
  readonly prow: FoundProw | undefined
  /** The overlays that can be rendered. */
  readonly overlays: readonly FoundOverlay[]
  /** Whether they are exactly the folders in `overlays/`, which needs no key. */
  readonly isDefault: boolean
  readonly left: readonly LeftOverlay[]
  readonly settings: readonly FoundSettings[]
}

/** Whether there is anything to write. */
export function isDescribed({ parent, templates }: FoundSettings): boolean {
  return parent !== undefined || templates.length > 0
}

/** The reason for the version of helm. */
export const HELM_REASON =
  'The helm that is here renders the charts; name the version that deploys, if it is another.'

/** The text of `overlay-render.yaml`: the settings, with the reasons as comments. */
export function printConfig(found: FoundConfig): string {
  const { pin, pinReasons, helm, configs, prow, overlays, isDefault, left, settings } = found
  const lines = [
    '# Written by overlay-render init. All keys: docs/configuration.md of overlay-render.',
    'version: 1',
    ...pinReasons.map((reason) => `# ${reason}`),
    ...(pin === undefined
      ? []
      : [`kustomize: {${pin.program === 'kubectl' ? 'kubectl' : 'version'}: ${pin.version}}`]),
  ]
  if (helm !== undefined) lines.push(`# ${HELM_REASON}`, `helm: {version: ${helm}}`)
  if (configs !== undefined && !configs.isDefault) {
    lines.push(`configs: {base: ${scalar(configs.base)}, files: ${flow(configs.files)}}`)
  }
  if (prow !== undefined) lines.push(...printProw(prow))
  if (overlays.length === 0 && left.length > 0) {
    // `overlays` cannot be empty, so the overlays that cannot be rendered yet are listed.
    lines.push('overlays:')
    for (const one of left)
      lines.push(`  # ${[one.reason, one.remedy].filter(Boolean).join(': ')}`, printOverlay(one))
  } else if (overlays.length > 0 && !isDefault) {
    lines.push('overlays:', ...overlays.map(printOverlay))
    for (const one of left) {
      lines.push(`  # ${one.reason}. To render it, ${todo(one)}:`)
      lines.push(`  # ${printOverlay(one).trimStart()}`)
    }
  }
  const described = settings.filter(isDescribed)
  if (described.length > 0) lines.push('settings:', ...described.flatMap(printSettings))
  return `${lines.join('\n')}\n`
}

function printProw({ config, plugins, jobs }: FoundProw): string[] {
  return [
    'prow:',
    ...(config === undefined ? [] : [`  config: ${scalar(config)}`]),
    ...(plugins === undefined ? [] : [`  plugins: ${scalar(plugins)}`]),
    `  jobs: ${flow(jobs.map(({ path }) => path))}`,
  ]
}

/** Why an overlay is left out, and how to add it. */
export function describeLeft({ reason, remedy }: LeftOverlay): string {
  return `${reason}; to render it, ${todo({ remedy }, 'list it under overlays')}`
}

function todo({ remedy }: Pick<LeftOverlay, 'remedy'>, list = 'list it'): string {
  return remedy === undefined ? list : `${list}, and ${remedy}`
}

function printOverlay({ path, kind, skip = [] }: Pick<FoundOverlay, 'path' | 'kind' | 'skip'>): string {
  if (kind !== 'folder') return `  - ${scalar(path)}`
  const names = skip.length === 0 ? '' : `, skip: ${flow([...USUAL_SKIP, ...skip])}`
  return `  - {path: ${flow(path)}, kind: folder${names}}`
}

function printSettings({ overlay, parent, templates, edits, seen }: FoundSettings): string[] {
  const lines = [`  ${scalar(overlay)}:`]
  if (parent !== undefined) {
    lines.push(`    # ${formatPosition(parent.position)} copies its kustomization`)
    lines.push(`    extends: ${scalar(parent.name)}`)
  }
  if (templates.length > 0) lines.push('    templates:')
  for (const { from, to, position } of templates) {
    lines.push(
      `      # as ${formatPosition(position)} does`,
      `      - {from: ${scalar(from)}, to: ${scalar(to)}}`,
    )
  }
  const values = new Map(templates.flatMap((template) => [...template.values]))
  const unknown = new Set(templates.flatMap((template) => template.unknown))
  if (values.size > 0) lines.push('    values:')
  for (const [name, value] of values) {
    if (unknown.has(name)) lines.push(`      # the tree does not hold ${name}: fill it in`)
    lines.push(`      ${scalar(name)}: ${flow(value)}`)
  }
  return [...lines, ...printEdits(edits, seen)]
}

function printEdits(edits: readonly FoundEdit[], seen: readonly SeenEdit[]): string[] {
  const known = edits.flatMap(({ file, expression, position }) => [
    `      # as ${formatPosition(position)} does`,
    `      - {file: ${scalar(file)}, expression: ${flow(expression)}}`,
  ])
  const unknown = seen.map(
    ({ position, reason }) =>
      `      # ${formatPosition(position)} changes a file, too: describe it here (${reason})`,
  )
  if (known.length === 0)
    return unknown.map((line) => line.replace('describe it here', 'describe it under edits'))
  return ['    edits:', ...known, ...unknown]
}

function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd()
}

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd()
}
