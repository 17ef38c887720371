import { type Dialect, renderConfig, type RenderedConfig } from '@overlay-render/configs'

import type { Example } from '../rule.ts'

/** What rules about patch scripts look at: one script of one overlay, the base that it changes, and what it did to it. */
export interface ScriptCheck {
  readonly overlay: string
  /** The base and the script as they were read, and the changes in the order in which they were made. */
  readonly config: RenderedConfig
}

/** An input of one script, written as text. */
export function scriptExample(
  says: string,
  base: string,
  script: string,
  dialect: Dialect = 'yq-v4',
): Example<ScriptCheck> {
  return {
    says,
    input: () => ({
      overlay: 'example',
      config: renderConfig({
        path: 'config/config.yaml',
        base: { file: 'config.yaml', bytes: Buffer.from(base) },
        script: { file: 'script.yaml', bytes: Buffer.from(script) },
        dialect,
      }),
    }),
  }
}
