import { CREDENTIALS, HIDDEN, SECRET_PARAMETERS } from '../graph/hide-credentials.ts'
import type { BuildInputs } from './find-resources.ts'
import { listSecretValues } from './list-secret-values.ts'

/** Shorter pieces of a secret reveal little, and redacting them would make messages unreadable. */
const MIN_PIECE_LENGTH = 4

/** Messages in which kustomize quotes its input, which may be an unknown secret. */
const QUOTED_CONTENT: readonly (readonly [RegExp, string])[] = [
  [/(literal sources )\[[^]*?\](?=: |$)/gu, `$1[${HIDDEN}]`],
  [/(invalid literal source )[^]*$/gu, `$1${HIDDEN}`],
  [/(patch from )\[[^]*?\](?=$|\n|: |')/gu, `$1[${HIDDEN}]`],
  [/(target for (?:JSON )?patch )[^]*$/gu, `$1${HIDDEN}`],
  [/(line )\[[\d ]*\]( has invalid utf8 bytes)[^]*$/gu, `$1[${HIDDEN}]$2`],
  [/((?:JsonOp|Patch)=)[^]*$/gu, `$1${HIDDEN}`],
  [/map\[string\]interface ?\{\}\{[^]*\}(?=: |$)/gu, HIDDEN],
  [/(out of bounds for value )[^]*$/gu, `$1${HIDDEN}`],
  [/((?:accumulating resources from|evalsymlink failure on) ')(?=[^'\n]*(?:\n|\{|: ))[^]*$/gu, `$1${HIDDEN}`],
  [/(wrong Node Kind for [^]*?value: \{)[^]*$/gu, `$1${HIDDEN}}`],
  [/(node contents:\s)[^]*$/gu, `$1${HIDDEN}`],
  [/(cannot unmarshal !!\w+ )`[^`]*`/gu, `$1${HIDDEN}`],
  [/\b0x[0-9a-f]{6,}\b/gu, '0x…'],
  [CREDENTIALS, `$1${HIDDEN}@`],
  [SECRET_PARAMETERS, `$1${HIDDEN}`],
]

/** Deprecation warnings, which quote no input. */
const DEPRECATIONS = /^(?:# ?Warning: '\w+' is deprecated[^\n]*\s*)*$/u

/**
 * Redacts the output of kustomize: the given secrets, and the values of every Secret that the build reads. The latter are
 * collected only when the output may quote them. If there are too many, the whole output is hidden.
 */
export function hideSecrets(said: string, secrets: readonly string[], inputs: BuildInputs): string {
  if (DEPRECATIONS.test(said)) return said
  const values = listSecretValues(inputs)
  if (values === undefined) return HIDDEN
  const paths = new Set(inputs.graph.files.flatMap(({ real }) => endsOf(real.replaceAll('\\', '/'))))
  const isFile = (path: string): boolean => paths.has(path.replace(/^(?:\.{1,2}\/)+/u, ''))
  return makeRedactor([...secrets, ...values], isFile)(said)
}

/** A path, and its parts after each slash. */
function endsOf(path: string): string[] {
  return [path, ...Array.from(path.matchAll(/\//gu), ({ index }) => path.slice(index + 1))]
}

/**
 * Creates a function that redacts the output of kustomize: the given values in plain, quoted and base64 form and line by line,
 * and everything where kustomize quotes a configuration, a literal or a whole object.
 *
 * @param isFile whether a text is the path of an input, which stays: all values of a file that is not YAML count as secret, and
 * often one of them is the name of that file
 */
export function makeRedactor(
  secrets: readonly string[],
  isFile: (path: string) => boolean = () => false,
): (text: string) => string {
  const pieces = new Set(secrets.flatMap((secret) => piecesOf(secret)))
  const longestFirst = [...pieces]
    .filter(({ length }) => length >= MIN_PIECE_LENGTH)
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
    // A secret that contains such a path is hidden as a whole first.
    for (const piece of longestFirst)
      if (!isFile(piece) && holdsPath(piece, isFile)) redacted = redacted.replaceAll(piece, HIDDEN)
    redacted = exceptPaths(redacted, isFile, (rest) =>
      longestFirst.reduce((shown, piece) => shown.replaceAll(piece, HIDDEN), rest),
    )
    for (const [pattern, replacement] of QUOTED_CONTENT) redacted = redacted.replace(pattern, replacement)
    return redacted
  }
}

/** Characters of a path with an extension. Others, such as `=` and `@`, may join a secret to it. */
const PATH = /(?<![\w./-])[\w./-]+\.\w+(?![\w/-])/gu

function holdsPath(text: string, isFile: (path: string) => boolean): boolean {
  return [...text.matchAll(PATH)].some(([path]) => isFile(path))
}

/** Changes a text without the paths of inputs in it. A mark takes the place of each meanwhile. */
function exceptPaths(
  text: string,
  isFile: (path: string) => boolean,
  change: (rest: string) => string,
): string {
  const paths: string[] = []
  const marked = text.replace(PATH, (path) => {
    if (!isFile(path)) return path
    paths.push(path)
    return `\uE000${paths.length - 1}\uE001`
  })
  return change(marked).replace(/\uE000(\d+)\uE001/gu, (mark, index) => paths[Number(index)] ?? mark)
}

/** The forms in which kustomize may print a value, also after a template or an edit. */
function piecesOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/u).map((line) => line.trim())
  const plain = [secret, secret.trim(), ...lines]
  const quoted = plain.flatMap((piece) => {
    const json = JSON.stringify(piece).slice(1, -1)
    return [json, json.replace(/[<>&]/gu, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)]
  })
  const yaml = plain.map((piece) => piece.replaceAll("'", "''"))
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/u, '')
  // The generator of Secrets breaks base64 after 70 characters.
  const wrapped = base64.match(/.{1,70}/gu) ?? []
  return [...plain, ...quoted, ...yaml, base64, ...wrapped, ...plain.flatMap((piece) => encodedForms(piece))]
}

/** The forms in hex, in a URL, and in longer base64 text, which depends on the offset. */
function encodedForms(piece: string): string[] {
  const bytes = Buffer.from(piece)
  const aligned = [0, 1, 2].map((skip) => {
    // Drop the characters at both ends that depend on adjacent text.
    const inner = bytes.subarray(skip, skip + Math.floor((bytes.length - skip) / 3) * 3)
    return inner.toString('base64')
  })
  const forUrls = aligned.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const hex = bytes.toString('hex')
  return [...aligned, ...forUrls, hex, hex.toUpperCase(), encodeURIComponent(bytes.toString())]
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

/** Only the paths in a patch's configuration. */
function pathsOf(config: string): string | undefined {
  const paths = [...config.matchAll(/^(?:path: |- )([\w./@+-]+)$/gmu)].map(([, path]) => path)
  return paths.length === 0 ? undefined : `path: ${paths.join(' ')}`
}
