import { basename, join, resolve } from 'node:path'

import { ConfigsFault, type PrintMode, renderConfig, type RenderedConfig } from '@overlay-render/configs'
import { formatPosition } from '@overlay-render/system'

import { loadStaged } from './load-staged.ts'
import type { Overlay } from './overlays.ts'
import { RenderFault } from './render-fault.ts'
import type { Warning } from './rendered.ts'
import type { Stage } from './stage.ts'
import type { WorkspaceConfig } from './workspace-config.ts'

export interface ConfigStepOptions {
  readonly workspace: string
  readonly config: WorkspaceConfig
  readonly print: PrintMode | undefined
  readonly environment: (name: string) => string | undefined
  readonly shown: (path: string) => string
}

/**
 * Makes the configs of an overlay and lays them into the stage as `configs/<file>`: the base config patched by
 * the overlay's script of the same basename, or a copy of the base where there is no script.
 */
export function patchConfigs(
  stage: Stage,
  overlay: Overlay,
  { workspace, config, print, environment, shown }: ConfigStepOptions,
): { configs: RenderedConfig[]; warnings: Warning[] } {
  const warnings: Warning[] = []
  const allow = config.configs?.allow ?? []
  const capabilities = {
    ...(allow.includes('env') ? { environment } : {}),
    ...(allow.includes('load') ? { readFile: (name: string) => loadStaged(stage, overlay, name) } : {}),
  }
  const configs = (config.configs?.files ?? []).map((path) => {
    const base = resolve(workspace, config.configs?.base ?? '.', basename(path))
    const script = join(overlay.folder, config.configs?.scripts ?? '', basename(path))
    const source = findBase(stage, base, shown, warnings)
    const rendered = renderConfig({
      path,
      base: { file: shown(base), bytes: stage.readFile(source) },
      script: readScript(stage, script, shown),
      print: print ?? config.configs?.print ?? 'yq',
      capabilities,
    })
    stage.write(join(overlay.folder, 'configs', path), rendered.bytes)
    for (const { message, position } of rendered.warnings) {
      warnings.push({ message: `${formatPosition(position)}: ${message}`, file: position.file })
    }
    return rendered
  })
  return { configs, warnings }
}

/** The real file of a base config. */
function findBase(stage: Stage, path: string, shown: (path: string) => string, warnings: Warning[]): string {
  const real = stage.realpath(path)
  if (real === undefined || stage.kindOf(real) !== 'file') {
    throw new ConfigsFault({
      code: 'base-missing',
      message:
        stage.kindOf(path) === 'link'
          ? `the base config ${shown(path)} is a link to ${stage.readLink(path)}, which does not exist`
          : `the base config ${shown(path)} ${real === undefined ? 'does not exist' : 'is not a file'}`,
      hint: 'name the base configs with configs.base and configs.files in overlay-render.yaml',
    })
  }
  stage.requireInside(real)
  const target = targetOfLinkText(stage, real)
  if (target === undefined) return real
  warnings.push({
    message: `${shown(path)} is a symbolic link that was checked out as text (git's core.symlinks is off): ${shown(target)} was read in its place`,
    file: shown(path),
  })
  return target
}

const LONGEST_LINK = 4096

/**
 * Where git cannot make links (core.symlinks=false) it writes the target's path into a plain file. Such a file
 * is one line without a line end that names an existing file, which no Prow configuration is.
 */
function targetOfLinkText(stage: Stage, file: string): string | undefined {
  const bytes = stage.readFile(file)
  if (bytes.byteLength > LONGEST_LINK) return undefined
  const text = Buffer.from(bytes).toString('utf8')
  if (!/^\.{1,2}\/[^\s:]+$/.test(text)) return undefined
  const target = stage.realpath(resolve(file, '..', text))
  if (target === undefined || stage.kindOf(target) !== 'file') return undefined
  stage.requireInside(target)
  return target
}

function readScript(
  stage: Stage,
  path: string,
  shown: (path: string) => string,
): { file: string; bytes: Uint8Array } | undefined {
  const real = stage.realpath(path)
  if (real === undefined) {
    if (stage.kindOf(path) !== 'link') return undefined
    throw new RenderFault({
      code: 'link-broken',
      message: `the patch script ${shown(path)} is a link to ${stage.readLink(path)}, which does not exist`,
      hint: 'mend the link, or remove it to have the base config copied',
    })
  }
  stage.requireInside(real)
  if (stage.kindOf(real) !== 'file') {
    throw new RenderFault({ code: 'file-missing', message: `the patch script ${shown(path)} is not a file` })
  }
  return { file: shown(path), bytes: stage.readFile(real) }
}
