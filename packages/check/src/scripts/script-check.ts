import type { ConfigInput, Dialect, NamedBytes } from '@overlay-render/configs'

import type { Example } from '../rule.ts'

/** What rules about patch scripts look at: one script of one overlay and the base that it changes. */
export interface ScriptCheck {
  readonly overlay: string
  readonly input: ConfigInput & { readonly script: NamedBytes }
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
      input: {
        path: 'config/config.yaml',
        base: { file: 'config.yaml', bytes: Buffer.from(base) },
        script: { file: 'script.yaml', bytes: Buffer.from(script) },
        dialect,
      },
    }),
  }
}
