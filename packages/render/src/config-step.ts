import { basename, join, resolve } from 'node:path'

import {
  type ConfigInput,
  ConfigsFault,
  copyConfig,
  type PrintMode,
  renderConfig,
  type RenderedConfig,
} from '@overlay-render/configs'
import { keysOfList } from '@overlay-render/golden'
import { type Finding, findTextProblem, nearestNames, whyNotRead } from '@overlay-render/system'

import type { BaseChecks } from './base-checks.ts'
import { subjectOf } from './config-subject.ts'
import { followLinkText } from './link-text.ts'
import { loadStaged } from './load-staged.ts'
import { machineCapabilities } from './machine-capabilities.ts'
import type { Overlay } from './overlays.ts'
import { cannotRead } from './read-input.ts'
import { RenderFault } from './render-fault.ts'
import { runExpression } from './run-expression.ts'
import type { Stage } from './stage.ts'
import type { ConfigSettings, WorkspaceConfig } from './workspace-config.ts'

/** What the configs of an overlay depend on besides its files. */
export interface ConfigStepOptions {
  readonly workspace: string
  readonly config: WorkspaceConfig
  readonly print: PrintMode | undefined
  readonly environment: (name: string) => string | undefined
  readonly shown: (path: string) => string
  /** Called when a script reads the clock or a random value. */
  readonly onUnrepeatable?: (() => void) | undefined
}

/**
 * Makes the configs of an overlay and writes them to the stage as `configs/<file>`: the base config patched by the overlay's script
 * of the same base name, or a copy of the base when there is no script.
 *
 * @param checks receives the base configs that are copied
 */
export function patchConfigs(
  stage: Stage,
  overlay: Overlay,
  options: ConfigStepOptions,
  checks: BaseChecks,
): { configs: RenderedConfig[]; warnings: Finding[] } {
  // In a folder of plain manifests nothing embeds a config.
  if (overlay.layout.kind === 'folder') return { configs: [], warnings: [] }
  const warnings: Finding[] = []
  const configs: RenderedConfig[] = []
  for (const input of readConfigInputs(stage, overlay, options, warnings)) {
    const { base, script } = input
    if (script === undefined) checks.add(input)
    const rendered =
      script === undefined
        ? copyConfig(input)
        : explainScript(script, () => runExpression(subjectOf(input), () => renderConfig(input)))
    stage.write(join(overlay.folder, 'configs', input.path), rendered.bytes, {
      kind: 'config',
      base,
      script,
      rendered,
    })
    warnings.push(...rendered.warnings)
    configs.push(rendered)
  }
  return { configs, warnings }
}

/**
 * The inputs of each config of an overlay, read on demand.
 *
 * @throws ConfigsFault, RenderFault or SystemFault for a file that cannot be read
 */
export function* readConfigInputs(
  stage: Stage,
  overlay: Overlay,
  { workspace, config, print, environment, shown, onUnrepeatable }: ConfigStepOptions,
  warnings: Finding[],
): Generator<ConfigInput> {
  requireConfigsOfScripts(stage, overlay, config.configs, shown)
  const allow = config.configs?.allow ?? []
  const capabilities = machineCapabilities(
    {
      ...(allow.includes('env') ? { environment } : {}),
      ...(allow.includes('load') ? { readFile: (name: string) => loadStaged(stage, overlay, name) } : {}),
    },
    onUnrepeatable,
  )
  for (const path of config.configs?.files ?? []) {
    const name = nameOfConfig(path, config.configs)
    const base = resolve(workspace, config.configs?.base ?? '.', name)
    const script = join(overlay.folder, config.configs?.scripts ?? '', name)
    const source = findBase(stage, base, shown, warnings)
    yield {
      path,
      base: { file: shown(source), bytes: stage.read(source) },
      script: readScript(stage, script, shown),
      dialect: config.configs?.dialect,
      listKeys: keysOfList,
      print: print ?? config.configs?.print ?? 'yq',
      capabilities,
    }
  }
}

/** The name of a config's base and patch script in their folders: its base name, or its path when two configs share a base name. */
export function nameOfConfig(path: string, configs: ConfigSettings | undefined): string {
  const files = configs?.files ?? []
  const isUnique = new Set(files.map((file) => basename(file))).size === files.length
  return isUnique ? basename(path) : path
}

/** The folder of patch scripts when the workspace has no `configs`. */
const USUAL_SCRIPTS = 'yq_scripts'

/** Refuses a patch script that patches nothing: its overlay would silently be deployed unpatched, or with outdated configs. */
function requireConfigsOfScripts(
  stage: Stage,
  overlay: Overlay,
  configs: ConfigSettings | undefined,
  shown: (path: string) => string,
): void {
  const folder = join(overlay.folder, configs?.scripts ?? USUAL_SCRIPTS)
  const scripts = stage.namesIn(folder).filter((name) => /^[^.].*\.(?:ya?ml|json)$/u.test(name))
  const known = (configs?.files ?? []).map((path) => nameOfConfig(path, configs))
  const stray = scripts.find((name) => !known.includes(name))
  if (stray === undefined) return
  const [near] = nearestNames(stray, known)
  throw configs === undefined
    ? new ConfigsFault({
        code: 'base-missing',
        message: `the patch script ${shown(join(folder, stray))} has nothing to patch: the folder of base configs, ../files, does not exist`,
        hint: 'put the base configs there, or name their folder with configs.base in overlay-render.yaml',
      })
    : new RenderFault({
        code: 'script-unused',
        message: `no config has the name of the patch script ${shown(join(folder, stray))}`,
        position: { file: shown(join(folder, stray)), line: 1, column: 1 },
        hint:
          near === undefined
            ? `the configs are ${known.join(', ') || 'none'}: rename the script, or add its config to configs.files`
            : `did you mean ${near}? If not, add its config to configs.files`,
      })
}

/** Reports a script that is not text, or has conflict markers, as that and not as a syntax error. */
function explainScript<Result>(script: { file: string; bytes: Uint8Array }, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    const unfit = error instanceof ConfigsFault ? findTextProblem(script.bytes) : undefined
    if (unfit === undefined) throw error
    const { problem, hint, line, column } = unfit
    const position = { file: script.file, line, column }
    throw new ConfigsFault({
      code: 'script-invalid',
      message: `the patch script ${problem}`,
      position,
      hint,
      cause: error,
    })
  }
}

/** The real file of a base config. */
function findBase(stage: Stage, path: string, shown: (path: string) => string, warnings: Finding[]): string {
  const opened = stage.open(path)
  if (opened.outcome === 'outside')
    throw cannotRead(opened, { subject: `the base config ${shown(path)}`, code: 'file-missing' }, shown)
  if (opened.outcome !== 'file') {
    throw new ConfigsFault({
      code: 'base-missing',
      message: `the base config ${shown(path)} ${whyNotRead(opened, shown)}`,
      hint: 'name the base configs with configs.base and configs.files in overlay-render.yaml',
    })
  }
  const target = followLinkText(stage.tree, opened)?.real
  if (target === undefined) return opened.real
  warnings.push({
    rule: 'link-as-text',
    severity: 'warning',
    message: `the base config is a symbolic link that was checked out as text (git's core.symlinks is off): ${shown(target)} was read instead`,
    position: { file: shown(path), line: 1, column: 1 },
  })
  return target
}

function readScript(
  stage: Stage,
  path: string,
  shown: (path: string) => string,
): { file: string; bytes: Uint8Array } | undefined {
  const opened = stage.open(path)
  if (opened.outcome === 'file') return { file: shown(path), bytes: opened.read() }
  if (opened.outcome === 'missing' && !opened.hidden) return undefined
  const code = opened.outcome === 'broken-link' ? 'link-broken' : 'file-missing'
  throw cannotRead(opened, { subject: `the patch script ${shown(path)}`, code }, shown)
}
