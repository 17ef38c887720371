import type { ValueMap } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'

import { Origins } from '../decode/origins.ts'
import { readFile, type SourceFile } from '../decode/read-file.ts'

/** A change that a patch script made to a config. */
export interface ConfigSetting {
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[]
  /** The position in the script. */
  readonly position: Position
}

/** Prow's config as an overlay deploys it, after its patch script. */
export class DeployedConfig {
  readonly #file: SourceFile
  readonly #settings: readonly ConfigSetting[]
  #value: ValueMap | undefined

  constructor(file: SourceFile, settings: readonly ConfigSetting[]) {
    this.#file = file
    this.#settings = settings
  }

  /** The config as Prow decodes it. */
  get value(): ValueMap {
    this.#value ??= readFile(this.#file, 'config.Config', new Origins()).value
    return this.#value
  }

  /** The line of the script that set the value at a path last; undefined when the base has it. */
  setBy(path: readonly string[]): Position | undefined {
    const found = this.#settings.findLast(({ path: set }) =>
      set.every((step, index) => String(step) === path[index]),
    )
    return found?.position
  }
}
