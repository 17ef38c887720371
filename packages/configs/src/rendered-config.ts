import type { Finding, Position } from '@overlay-render/system'
import type { Capabilities } from '@overlay-render/yq'

import type { Dialect } from './dialect.ts'
import type { ListKeys } from './merge-keys.ts'

/** How a rendered config is printed: like yq, or preserving every byte that the script did not change. */
export type PrintMode = 'yq' | 'preserve'

/** A file with its name in messages. */
export interface NamedBytes {
  readonly file: string
  readonly bytes: Uint8Array
}

export interface ConfigInput {
  /** The path of the config below `configs/`, such as `config/config.yaml`. */
  readonly path: string
  readonly base: NamedBytes
  /** The patch script; the base is copied when there is none. */
  readonly script?: NamedBytes | undefined
  /** The dialect of the script; recognised by its shape when absent. */
  readonly dialect?: Dialect | undefined
  /** `yq` when absent. */
  readonly print?: PrintMode | undefined
  /** The keys of list items for the dialect `merge`; their name when absent. */
  readonly listKeys?: ListKeys | undefined
  /** What the script may read besides the base; nothing when absent. */
  readonly capabilities?: Capabilities | undefined
}

/** A change of the base by a script. */
export interface ConfigChange {
  /** The kind of change, such as `created`, `replaced`, `deleted`. */
  readonly kind: string
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[]
  /** The position in the script. */
  readonly position: Position
}

export interface RenderedConfig {
  /** Its path below `configs/`. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Its inputs; absent in a cached render. */
  readonly source?: Pick<ConfigInput, 'base' | 'script' | 'capabilities'> | undefined
  /** Its patch script; undefined for a copy of the base. */
  readonly script: string | undefined
  readonly dialect: Dialect | undefined
  /** In the order of the script. */
  readonly changes: readonly ConfigChange[]
  /** Findings about unexpected effects, such as a patch that matched nothing. */
  readonly warnings: readonly Finding[]
}
