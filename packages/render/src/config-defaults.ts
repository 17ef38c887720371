import type { Assertion } from '@overlay-render/check'
import { KustomizeFault, parsePin, type Pin } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { AssertionFile, ConfigFile, FolderFile, OverlayFile, ProwFile } from './config-file.ts'
import { unmarkKey } from './config-values.ts'
import { checkGlob, globFault } from './match-name.ts'
import { RenderFault } from './render-fault.ts'
import { readValueSetting } from './templates/value-setting.ts'
import {
  CONFIG_FILE,
  DEFAULT_KUSTOMIZE,
  type OverlayPattern,
  type OverlaySettings,
  type ProwSettings,
  type WorkspaceConfig,
} from './workspace-config.ts'

/** What KubeVirt's script renders: the default of a workspace of that shape without a configuration file. */
export const KUBEVIRT_CONFIGS = {
  base: '../files',
  files: ['config/config.yaml', 'plugins/plugins.yaml', 'labels/labels.yaml', 'mirror/mirror.yaml'],
  scripts: 'yq_scripts',
  dialect: undefined,
  print: 'yq',
  allow: [],
} as const

/** The settings of a workspace that has no configuration file. */
export function defaultConfig(kubevirtShaped: boolean): WorkspaceConfig {
  return withDefaults({ version: 1 }, kubevirtShaped, () => ({ file: CONFIG_FILE, line: 1, column: 1 }))
}

/** The position of a setting in the file. */
export type Locate = (path: readonly PropertyKey[]) => Position

/** The pin in `kustomize.version` or `kustomize.kubectl`; only one may be set. */
function readPin({ kustomize = {} }: ConfigFile, locate: Locate): Pin {
  const { version, kubectl } = kustomize
  if (version !== undefined && kubectl !== undefined) {
    throw new RenderFault({
      code: 'workspace-config-invalid',
      message: 'kustomize.version and kustomize.kubectl cannot both be set',
      position: locate(['kustomize', 'kubectl']),
      hint: 'keep the one that deploys: kubectl carries a kustomize of its own',
    })
  }
  const key = kubectl === undefined ? 'version' : 'kubectl'
  try {
    return kubectl === undefined ? parsePin(version ?? DEFAULT_KUSTOMIZE) : parsePin(kubectl, 'kubectl')
  } catch (error) {
    if (!(error instanceof KustomizeFault)) throw error
    throw new RenderFault({
      code: 'workspace-config-invalid',
      message: error.sentence,
      position: locate(['kustomize', key]),
      hint: error.hint,
      cause: error,
    })
  }
}

/**
 * The settings of a file with all defaults. @throws RenderFault `workspace-config-invalid` for a pin that is not valid,
 * `pattern-invalid`
 */
export function withDefaults(config: ConfigFile, kubevirtShaped: boolean, locate: Locate): WorkspaceConfig {
  const configs =
    config.configs === undefined && !kubevirtShaped ? undefined : { ...KUBEVIRT_CONFIGS, ...config.configs }
  return {
    kustomize: {
      pin: readPin(config, locate),
      network: config.kustomize?.network ?? false,
    },
    overlays: config.overlays?.map((overlay, index) => overlayPattern(overlay, index, locate)) ?? [
      { text: 'overlays/*', position: undefined, layout: { kind: 'kustomize' } },
    ],
    configs,
    vendorHosts: config.vendor?.allow,
    helm: config.helm?.version.replace(/^v/u, ''),
    prow: prowSettings(config.prow ?? {}, configs?.base),
    provides: config.provides ?? [],
    rules: (config.rules ?? []).map((rule, index) => ({
      ...rule,
      position: locate(['rules', index, 'rule']),
    })),
    assertions: (config.assert ?? []).map((assertion, index) => readAssertion(assertion, index, locate)),
    secrets: (typeof config.secrets === 'object' ? config.secrets.mode : config.secrets) ?? 'real',
    secretFiles: typeof config.secrets === 'object' ? (config.secrets.files ?? []) : [],
    golden: readGoldenSettings(config.golden ?? {}, locate),
    settings: new Map(
      Object.entries(config.settings ?? {}).map(([overlay, settings]) => [
        unmarkKey(overlay),
        readOverlaySettings(settings, (path) => locate(['settings', overlay, ...path])),
      ]),
    ),
  }
}

function readAssertion(assertion: AssertionFile, index: number, locate: Locate): Assertion {
  return {
    ...assertion,
    positions: {
      name: locate(['assert', index, 'name']),
      expression: locate(['assert', index, 'expression']),
      where: locate(['assert', index, 'where']),
    },
  }
}

function readGoldenSettings(
  { path = 'golden', layout = 'file', ignore, redact, keys }: NonNullable<ConfigFile['golden']>,
  locate: Locate,
): WorkspaceConfig['golden'] {
  const placed = <Rule extends object>(
    name: string,
    rules: readonly Rule[] = [],
  ): (Rule & { position: Position })[] =>
    rules.map((rule, index) => ({ ...rule, position: locate(['golden', name, index, 'path']) }))
  return {
    path,
    layout,
    rules: {
      ignore: placed('ignore', ignore),
      redact: placed('redact', redact),
      keys: placed('keys', keys),
    },
  }
}

/** @param locate the position of a path below the settings of this overlay */
function readOverlaySettings(
  { extends: parent, templates = [], values = {}, edits = [] }: OverlayFile,
  locate: Locate,
): OverlaySettings & { readonly position: Position } {
  return {
    position: locate([]),
    extends: parent === undefined ? undefined : { overlay: parent, position: locate(['extends']) },
    templates: templates.map(({ to, ...source }, index) => ({
      source,
      to,
      position: locate(['templates', index]),
    })),
    values: new Map(
      Object.entries(values).map(([name, value]) => [
        unmarkKey(name),
        readValueSetting(unmarkKey(name), value, (key) =>
          locate(['values', name, ...(key === undefined ? [] : [key])]),
        ),
      ]),
    ),
    edits: edits.map((edit, index) => ({ ...edit, position: locate(['edits', index, 'expression']) })),
  }
}

/** The default of `skip`: `applyconfig` of openshift/ci-tools skips these names, too. */
export const USUAL_SKIP: readonly string[] = ['_*']

/** @throws RenderFault `pattern-invalid` for an invalid pattern of names */
function overlayPattern(overlay: string | FolderFile, index: number, locate: Locate): OverlayPattern {
  if (typeof overlay === 'string') {
    return { text: overlay, position: locate(['overlays', index]), layout: { kind: 'kustomize' } }
  }
  const { path, kind, skip = USUAL_SKIP, order = [] } = overlay
  for (const [key, patterns] of Object.entries({ skip, order })) {
    const setting = `overlays.${index}.${key}`
    for (const [place, text] of patterns.entries()) {
      const glob = { text, position: locate(['overlays', index, key, place]) }
      checkGlob(glob, setting)
      if (text.includes('/')) throw globFault(glob, setting, 'has a slash, but it matches names only')
    }
  }
  const layout = kind === 'folder' ? ({ kind, skip, order } as const) : ({ kind: 'kustomize' } as const)
  return { text: path, position: locate(['overlays', index, 'path']), layout }
}

function prowSettings(prow: ProwFile, base: string | undefined): ProwSettings {
  const beside = (name: string): string | undefined => (base === undefined ? undefined : `${base}/${name}`)
  const jobs = beside('jobs')
  return {
    jobs: prow.jobs ?? (jobs === undefined ? [] : [jobs]),
    config: prow.config ?? beside('config.yaml'),
    plugins: prow.plugins ?? beside('plugins.yaml'),
    contexts: prow.contexts ?? [],
    kubeconfigs: prow.kubeconfigs ?? [],
    overlays: new Map(
      Object.entries(prow.overlays ?? {}).map(([overlay, context]) => [unmarkKey(overlay), context]),
    ),
    deploy: prow.deploy ?? [],
    repository: prow.repository,
  }
}
