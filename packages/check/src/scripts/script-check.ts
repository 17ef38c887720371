import type { ConfigInput, Dialect, NamedBytes } from '@overlay-render/configs'

import type { Example } from '../rule.ts'

/** What rules about patch scripts look at: one script of one overlay and the base that it changes. */
export interface ScriptCheck {
  readonly overlay: string
  readonly input: ConfigInput & { readonly script: NamedBytes }
  /** What was the base when a path of the script was written, by the number of its line; lines of which git says nothing are not there. */
  readonly earlier?: ReadonlyMap<number, EarlierBase> | undefined
}

/** The files of a commit that may have been a base config. */
export interface EarlierBase {
  readonly bases: readonly Uint8Array[]
  /** The full hash of the commit. */
  readonly commit: string
  /** The day of the commit, such as `2026-11-28`. */
  readonly date: string
}

/** An input of one script, written as text. */
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
