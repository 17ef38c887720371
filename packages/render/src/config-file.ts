// The types of overlay-render.yaml as it is written, before defaults: config-schema.ts validates them.

/** The file as it is written, without defaults. */
export interface ConfigFile {
  readonly $schema?: string
  readonly version: 1
  readonly kustomize?: { readonly version?: string; readonly kubectl?: string; readonly network?: boolean }
  readonly overlays?: (string | FolderFile)[]
  readonly configs?: {
    readonly base?: string
    readonly files?: string[]
    readonly scripts?: string
    readonly dialect?: 'yq-v4' | 'yq-v3' | 'json-patch' | 'merge'
    readonly print?: 'yq' | 'preserve'
    readonly allow?: ('env' | 'load')[]
  }
  readonly secrets?: 'real' | 'stub' | { readonly mode?: 'real' | 'stub'; readonly files?: string[] }
  readonly golden?: {
    readonly path?: string
    readonly layout?: 'file' | 'resources'
    readonly ignore?: ResourceRule[]
    readonly redact?: (ResourceRule & { readonly path: string })[]
    readonly keys?: (ResourceRule & { readonly path: string; readonly key: string | string[] })[]
  }
  readonly vendor?: { readonly allow?: string[] }
  readonly helm?: { readonly version: string }
  readonly settings?: Record<string, OverlayFile>
  readonly prow?: ProwFile
  readonly provides?: ProvidedFile[]
  readonly rules?: RuleFile[]
  readonly assert?: AssertionFile[]
}

/** An entry of `provides`. */
export interface ProvidedFile {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

/** An entry of `rules`. */
export interface RuleFile {
  readonly rule: string
  readonly severity: 'off' | 'info' | 'warning' | 'error'
  readonly path?: string
}

/** An entry of `assert`. */
export interface AssertionFile {
  readonly name: string
  readonly over: 'manifests' | 'configs' | 'jobs'
  readonly where?: string
  readonly expression: string
  readonly message: string
}

/** An entry of `overlays` that is not only a path. */
export interface FolderFile {
  readonly path: string
  readonly kind?: 'kustomize' | 'folder'
  readonly skip?: string[]
  readonly order?: string[]
}

/** The section `prow`. */
export interface ProwFile {
  readonly jobs?: string[]
  readonly config?: string
  readonly plugins?: string
  readonly contexts?: string[]
  readonly kubeconfigs?: string[]
  readonly overlays?: Record<string, string>
  readonly deploy?: string[]
  readonly repository?: string
}

/** An entry of `golden.ignore`, `redact` or `keys`: which resources it is about. */
export interface ResourceRule {
  readonly group?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name?: string
  readonly in?: string
  readonly path?: string
}

/** The settings of one overlay. */
export interface OverlayFile {
  readonly extends?: string
  readonly templates?: (
    | { readonly from: string; readonly to: string }
    | { readonly text: string; readonly to: string }
  )[]
  readonly values?: Record<string, unknown>
  readonly edits?: { readonly file: string; readonly expression: string }[]
}

/** A template value from an environment variable. */
export interface EnvironmentValue {
  readonly env: string
  readonly stub?: string
}

/** A template value from a file. */
export interface FileValueSetting {
  readonly file: string
  readonly key?: string
  readonly stub?: unknown
}
