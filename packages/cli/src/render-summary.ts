import { type Rendered, type RenderedConfigs, type WrittenFile } from '@overlay-render/render'

import { formatBytes } from './format-bytes.ts'
import { findingLine } from './finding-line.ts'
import type { RenderJson } from './json/render.ts'
import { alignTable, findingData, listSome } from '@overlay-render/system'
import { paint, type Terminal } from './terminal.ts'

/** A render, and the files written for it; undefined when it was printed instead. */
export interface WrittenRender {
  readonly rendered: Rendered | RenderedConfigs
  readonly files: readonly WrittenFile[] | undefined
}

/** The indent of each line of an overlay. */
const INDENT = 2
/** The width of the longest label, `resources`, and the gap after it. */
const LABEL = 11
/** The width of the list of kinds: longer lines are hard to read. */
const MAX_LIST_WIDTH = 78

/** The summary of a render for people: configs, resources by kind, where the output is, how long it took. */
export function summarise(
  renders: readonly WrittenRender[],
  terminal: Terminal,
  shown: (path: string) => string,
): string[] {
  const lines = renders.flatMap((render) => summariseOne(render, terminal, shown))
  const stubs = describeStubs(renders)
  if (stubs !== undefined) {
    lines.push(`${stubs}: before you apply this, render with --secrets real.`)
  } else if (renders.some(({ rendered }) => 'manifests' in rendered)) {
    lines.push(
      'Next: review the output, then apply it with kubectl apply -f, or compare it with its golden: overlay-render golden check',
    )
  } else {
    lines.push('Next: render without --configs-only to build the manifests.')
  }
  return lines
}

/** Most files of ConfigMaps that the last line names. */
const MOST_NAMED = 3

function describeStubs(renders: readonly WrittenRender[]): string | undefined {
  const all = renders.flatMap(({ rendered }) => ('stubbed' in rendered ? [rendered] : []))
  const stubbed = new Set(all.flatMap((rendered) => rendered.stubbed))
  if (stubbed.size === 0) return undefined
  const count = stubbed.size === 1 ? '1 file is a stub' : `${stubbed.size} files are stubs`
  const inputs = [...new Set(all.flatMap(({ stubbedInputs }) => stubbedInputs))]
  if (inputs.length === 0) return count
  return `${count} (for ConfigMaps: ${listSome(inputs, MOST_NAMED)})`
}

function summariseOne(
  { rendered, files }: WrittenRender,
  terminal: Terminal,
  shown: (path: string) => string,
): string[] {
  const width = terminal.width - INDENT
  const rows: (readonly (string | number)[])[] = [
    ...configRows(rendered, width - LABEL),
    ...resourceRows(rendered, width - LABEL),
  ]
  if (files !== undefined) {
    for (const { path, bytes } of files.filter((file) => file.path.endsWith('manifests.yaml'))) {
      rows.push(['output', `${shown(path)} (${formatBytes(bytes)})`])
    }
    const configs = files.filter((file) => !file.path.endsWith('manifests.yaml'))
    const [first] = configs
    if (first !== undefined)
      rows.push([
        rows.at(-1)?.[0] === 'output' ? '' : 'output',
        `${shown(commonFolder(configs.map(({ path }) => path)))}/ (${configs.length} ${configs.length === 1 ? 'config' : 'configs'})`,
      ])
  }
  const warnings = rendered.warnings.flatMap((finding) => [
    `  ${findingLine(finding, terminal)}`,
    ...(finding.hint === undefined ? [] : [`    hint: ${finding.hint}`]),
  ])
  return [
    `${paint(terminal, 'bold', rendered.overlay)}  rendered in ${formatDuration(rendered.duration)}`,
    ...alignTable(rows, width).map((line) => ' '.repeat(INDENT) + line),
    ...warnings,
  ]
}

function configRows({ configs }: Rendered | RenderedConfigs, width: number): string[][] {
  const rows = configs.map(({ path, script, changes }) => [
    path,
    script === undefined
      ? 'copied'
      : `patched by ${script} (${changes.length === 1 ? '1 change' : `${changes.length} changes`})`,
  ])
  return alignTable(rows, width).map((line, index) => [index === 0 ? 'configs' : '', line])
}

function resourceRows(rendered: Rendered | RenderedConfigs, width: number): string[][] {
  if (!('manifests' in rendered)) return []
  const { kinds } = rendered
  const count = [...kinds.values()].reduce((sum, some) => sum + some, 0)
  const list = [...kinds].map(([kind, some]) => `${some} ${kind}`)
  const [first = '', ...others] = list
  return wrap([`${count}: ${first}`, ...others], Math.min(MAX_LIST_WIDTH, width)).map((line, index) => [
    index === 0 ? 'resources' : '',
    line,
  ])
}

function wrap(items: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + item.length + 2 <= width)
      lines[lines.length - 1] = `${last}, ${item}`
    else {
      if (last !== undefined) lines[lines.length - 1] = `${last},`
      lines.push(item)
    }
  }
  return lines
}

function commonFolder(paths: readonly string[]): string {
  const split = paths.map((path) => path.split('/').slice(0, -1))
  const [first = []] = split
  const length = first.findIndex((part, index) => split.some((other) => other[index] !== part))
  return (length < 0 ? first : first.slice(0, length)).join('/')
}

/** Formats a time, such as `12 ms` or `1.5 s`. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

/** The summary as data. */
export function summaryJson(
  renders: readonly WrittenRender[],
  shown: (path: string) => string,
): Pick<RenderJson, 'overlays'> {
  return {
    overlays: renders.map(({ rendered, files }) => ({
      overlay: rendered.overlay,
      configs: rendered.configs.map(({ path, script, changes }) => ({
        path,
        action: script === undefined ? 'copied' : 'patched',
        script,
        changes: changes.length,
      })),
      ...('manifests' in rendered
        ? {
            resources: Object.fromEntries(rendered.kinds),
            secrets: rendered.secrets,
            stubbed: rendered.stubbed,
            stubbedInputs: rendered.stubbedInputs,
            kustomize:
              rendered.kustomize === undefined
                ? undefined
                : { version: rendered.kustomize.version, provider: rendered.kustomize.provider },
          }
        : {}),
      files: (files ?? []).map(({ path, bytes }) => ({ path: shown(path), bytes })),
      warnings: rendered.warnings.map(findingData),
      milliseconds: Math.round(rendered.duration),
    })),
  }
}
