import { CREDENTIALS, HIDDEN } from '../graph/hide-credentials.ts'

/** Shorter pieces of a secret say little, and hiding them would make messages unreadable. */
const SHORTEST_PIECE = 4

/** Where kustomize prints what it was given, which may be a secret that nobody told us of. */
const QUOTED_CONTENT: readonly (readonly [RegExp, string])[] = [
  [/(literal sources )\[[^]*?\](?=: |$)/gu, `$1[${HIDDEN}]`],
  [/(invalid literal source )[^]*$/gu, `$1${HIDDEN}`],
  [/(patch from )\[[^]*?\](?=$|\n|: |')/gu, `$1[${HIDDEN}]`],
  [/(target for (?:JSON )?patch )[^]*$/gu, `$1${HIDDEN}`],
  [/(line )\[[\d ]*\]( has invalid utf8 bytes)[^]*$/gu, `$1[${HIDDEN}]$2`],
  [/((?:JsonOp|Patch)=)[^]*$/gu, `$1${HIDDEN}`],
  [/map\[string\]interface ?\{\}\{[^]*\}(?=: |$)/gu, HIDDEN],
  [/\b0x[0-9a-f]{6,}\b/gu, '0x…'],
  [CREDENTIALS, `$1${HIDDEN}@`],
]

/**
 * Makes a function that takes secrets out of what kustomize printed: the values given, in plain, quoted and base64 form and line by line,
 * and every place where kustomize repeats a configuration, a literal or a whole object.
 */
export function makeRedactor(secrets: readonly string[]): (text: string) => string {
  const pieces = new Set<string>()
  for (const secret of secrets) {
    const lines = secret.split(/\r?\n/u).map((line) => line.trim())
    for (const piece of [secret, secret.trim(), ...lines]) {
      pieces.add(piece)
      pieces.add(JSON.stringify(piece).slice(1, -1))
    }
    pieces.add(Buffer.from(secret).toString('base64').replace(/=+$/u, ''))
  }
  const longestFirst = [...pieces]
    .filter(({ length }) => length >= SHORTEST_PIECE)
    .sort((a, b) => b.length - a.length)
  return (text) => {
    let redacted = text
      .replace(/(?<=ID conflict: )[^]*$/u, (objects) => identityOf(objects) ?? HIDDEN)
      .replace(
        /(?<=(Patch\w*)? with config: `)[^]*?(?=\n`: |$)/gu,
        (config: string, patch: string | undefined) => {
          return (patch === undefined ? undefined : pathsOf(config)) ?? HIDDEN
        },
      )
    for (const piece of longestFirst) redacted = redacted.replaceAll(piece, HIDDEN)
    for (const [pattern, replacement] of QUOTED_CONTENT) redacted = redacted.replace(pattern, replacement)
    return redacted
  }
}

/** The identity of the first of the objects that kustomize prints as JSON, written as kustomize writes identities. */
function identityOf(objects: string): string | undefined {
  const [, apiVersion = ''] = /"apiVersion":"([^"]*)"/u.exec(objects) ?? []
  const [, kind] = /"kind":"([^"]*)"/u.exec(objects) ?? []
  const [, name, namespace] = /"name":"([^"]*)","namespace":"([^"]*)"\}/u.exec(objects) ?? []
  if (kind === undefined || name === undefined) return undefined
  const [version = '', group = '[noGrp]'] = apiVersion.split('/').toReversed()
  return `${kind}.${version}.${group}/${name}.${namespace ?? '[noNs]'}`
}

/** The paths that a patch's configuration names, without anything else that it holds. */
function pathsOf(config: string): string | undefined {
  const paths = [...config.matchAll(/^(?:path: |- )([\w./@+-]+)$/gmu)].map(([, path]) => path)
  return paths.length === 0 ? undefined : `path: ${paths.join(' ')}`
}
