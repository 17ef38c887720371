import type { ConfigInput, Dialect, NamedBytes } from '@overlay-render/configs'

import type { Example } from '../rule.ts'

/** The input of the rules about patch scripts: one script of one overlay, and its base. */
export interface ScriptCheck {
  readonly overlay: string
  readonly input: ConfigInput & { readonly script: NamedBytes }
  /** The base when each path of the script was written, by line number. Lines without a known history are missing. */
  readonly earlier?: ReadonlyMap<number, EarlierBase> | undefined
}

/** The files of a commit that may have been the base config. */
export interface EarlierBase {
  readonly bases: readonly Uint8Array[]
  /** The full hash of the commit. */
  readonly commit: string
  /** The date of the commit, such as `2026-11-28`. */
  readonly date: string
}

/** An example of one script, given as text. */
export function scriptExample(
  says: string,
  base: string,
  script: string,
  dialect: Dialect = 'yq-v4',
  earlier: readonly string[] = [],
): Example<ScriptCheck> {
  const bases = earlier.map((text) => Buffer.from(text))
  return {
    says,
    input: () => ({
      overlay: 'example',
      earlier:
        bases.length === 0
          ? undefined
          : new Map([1, 2, 3].map((line) => [line, { bases, commit: '0123456789', date: '2026-11-28' }])),
      input: {
        path: 'config/config.yaml',
        base: { file: 'config.yaml', bytes: Buffer.from(base) },
        script: { file: 'script.yaml', bytes: Buffer.from(script) },
        dialect,
      },
    }),
  }
}
