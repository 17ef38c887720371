import { encodedTexts, runsOfBase64, textsInBase64 } from './base64.ts'
import { isSecretList, isSecretKind } from './secret-kind.ts'

/** The manifest of a Secret is longer, plain or in base64. */
const MIN_LENGTH = 16

/** How many layers of encoded text are decoded. Deeper text counts as secret. */
export const MAX_LAYERS = 12

/**
 * Whether a text could contain a Secret, in any spelling or quoting; other texts need not be parsed. True in case of doubt.
 *
 * @param layer how many texts enclose this one
 */
export function mayContainSecret(text: string, layer = 0): boolean {
  if (text.length < MIN_LENGTH) return false
  if (text.includes('\\') && HIDDEN_LETTERS.test(text)) return true
  if (hasOtherKey(text) || hasSecretKind(text) || assignsSecret(text)) return true
  const runs = runsOfBase64(text)
  if (!textsInBase64(text, runs).next().done) return true
  for (const { decoded } of encodedTexts(text, runs)) {
    if (layer >= MAX_LAYERS || mayContainSecret(decoded, layer + 1)) return true
  }
  return false
}

/** Whether a text in a language with `=` assignments, such as TOML or HCL, contains a Secret's kind and fields. */
function assignsSecret(text: string): boolean {
  return text.includes('=') && ASSIGNED_FIELD.test(text) && [...text.matchAll(ASSIGNED_KIND)].some(isNamed)
}

const ASSIGNED_KIND = /kind[\\"']{0,9}\s{0,9}=>?\s{0,9}[\\"'`]{0,9}([A-Za-z]{5,11})/giu
const ASSIGNED_FIELD = /(?<!\w)(?:data|string_?data)(?!\w)/iu
const isNamed = ([, kind = '']: RegExpMatchArray): boolean => isSecretKind(kind) || isSecretList(kind)

/** Escapes that could encode any word: `\u0053`, `\x53` and line continuations, also when escaped again. */
const HIDDEN_LETTERS = /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|\r?\n|\\\\[nr])/iu
/** Whether a key is an alias or an explicit key (`? key`). */
function hasOtherKey(text: string): boolean {
  return (text.includes('&') && ALIAS_AS_KEY.test(text)) || (text.includes('? ') && EXPLICIT_KEY.test(text))
}

const ALIAS_AS_KEY = /\*[^\s,[\]{}]{1,99}[ \t]{1,9}:/u
const EXPLICIT_KEY = /\? [^\n]{0,99}kind/iu

/**
 * The key `kind` in any quotes, and the word after its colon, if it is a plain word. The bounds keep the search linear;
 * longer matches count as doubtful.
 */
const KIND =
  /kind[\\"']*(?:(?:\s|\\+[nrt]|#[^\n]{0,500}\n){100}|(?:\s|\\+[nrt]|#[^\n]{0,500}\n){0,99}:(?:\s|\\+[nrt]|[\\"']){0,100}([A-Za-z][\w./-]{0,100})?)/giu

/** Whether the text contains `kind: Secret`, or a kind that only a parser can read. */
function hasSecretKind(text: string): boolean {
  for (const [, kind] of text.matchAll(KIND)) {
    if (kind === undefined || isSecretKind(kind) || isSecretList(kind)) return true
  }
  return false
}

/** `kind:` and its value, with any YAML properties, block headers, quotes, comments and folds between them. */
const NAMED_KIND =
  /kind[\\"']*(?:\s|\\+[nrt]|#[^\n]{0,500}\n){0,20}:(?:\s|\\+[nrt]|[\\"']|[&!][^\s]{0,99}\s|[|>][-+0-9]{0,2}\s|#[^\n]{0,500}\n){0,50}([A-Za-z]+)/giu

/** Whether a text that does not parse contains a Secret's kind, after unescaping. */
export function namesSecret(text: string): boolean {
  const plain = withoutEscapes(text)
  for (const [, kind = ''] of plain.matchAll(NAMED_KIND)) {
    if (isSecretKind(kind) || (isSecretList(kind) && ANY_FIELD.test(plain))) return true
  }
  if (assignsSecret(plain) || BINARY_KIND.test(plain)) return true
  return ALIASED_KIND.test(plain) && (plain.match(WORD) ?? []).some(isSecretKind)
}

/** A kind in base64, which is suspicious in itself. */
const BINARY_KIND = /kind[\\"']{0,9}\s{0,9}:\s{0,9}!\S{0,40}binary/iu

/** A kind that is an alias, or a key `kind` with an anchor. */
const ALIASED_KIND = /kind[\\"']*\s{0,9}:\s{0,9}\*|&\S{1,99}\s{1,9}["'\\]{0,9}kind/iu
const WORD = /[A-Za-z]{5,7}/gu

const ANY_FIELD = /\b(?:data|stringData)[\\"']*\s*:/iu

/** Unescapes a text, whatever the number of quoting layers. */
export function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text
  return text
    .replace(/\\+(?:x([0-9a-f]{2})|u(?:0000)?([0-9a-f]{4}))/giu, (_, two?: string, four?: string) =>
      String.fromCharCode(Number.parseInt(two ?? four ?? '', 16)),
    )
    .replace(/\\{3,}[nr]\s*|\\+\r?\n[ \t]*/gu, '')
    .replace(/\\+[nr]/gu, '\n')
    .replace(/\\+t/gu, ' ')
    .replace(/\\+(?=["'])/gu, '')
}
