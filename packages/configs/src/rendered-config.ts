import type { Finding, Position } from '@overlay-render/system'
import type { Capabilities } from '@overlay-render/yq'

import type { Dialect } from './dialect.ts'
import type { ListKeys } from './merge-keys.ts'

/** How a rendered config is printed: as yq prints it, or with every byte kept that the script did not change. */
export type PrintMode = 'yq' | 'preserve'

/** A file, under the name that messages show. */
export interface NamedBytes {
  readonly file: string
  readonly bytes: Uint8Array
}

export interface ConfigInput {
  /** Where the config goes below `configs/`, such as `config/config.yaml`. */
  readonly path: string
  readonly base: NamedBytes
  /** The patch script; the base is copied when there is none. */
  readonly script?: NamedBytes | undefined
  /** The dialect of the script; recognised by its shape when absent. */
  readonly dialect?: Dialect | undefined
  /** `yq` when absent. */
  readonly print?: PrintMode | undefined
  /** What tells the items of lists apart for a script of the dialect `merge`; their name when absent. */
  readonly listKeys?: ListKeys | undefined
  /** What the script may read beside the base; nothing when absent. */
  readonly capabilities?: Capabilities | undefined
}

/** Something that a script did to the base. */
export interface ConfigChange {
  /** What happened to the node, such as `created`, `replaced`, `deleted`. */
  readonly kind: string
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[]
  /** The place in the script that did it. */
  readonly position: Position
}

export interface RenderedConfig {
  /** Where it goes below `configs/`. */
  readonly path: string
  readonly bytes: Uint8Array
  /** What it was made of; absent in a render that was kept from an earlier run. */
  readonly source?: Pick<ConfigInput, 'base' | 'script' | 'capabilities'> | undefined
  /** The patch script that made it; undefined for a copy of the base. */
  readonly script: string | undefined
  readonly dialect: Dialect | undefined
  /** In the order in which the script made them. */
  readonly changes: readonly ConfigChange[]
  /** What the language allows, but a user may not expect: a patch that matched nothing, say. */
  readonly warnings: readonly Finding[]
}
