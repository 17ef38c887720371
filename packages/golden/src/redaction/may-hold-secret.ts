import { encodedTexts, textsInBase64 } from './base64.ts'
import { holdsSecrets, isSecretKind } from './secret-kind.ts'

/** Nothing shorter holds the manifest of a Secret, neither plain nor in base64. */
const SHORTEST = 16

/** Texts within texts are looked into this deep. What is deeper counts as doubt. */
export const MAX_LAYERS = 12

/**
 * Whether a text could hold a Secret in any spelling or layer of quotes: only then is it worth parsing. It says yes
 * whenever it is in doubt.
 *
 * @param layer how many texts this one is within
 */
export function mayHoldSecret(text: string, layer = 0): boolean {
  if (text.length < SHORTEST) return false
  if (text.includes('\\') && HIDDEN_LETTERS.test(text)) return true
  if (hasOtherKey(text) || hasSecretKind(text) || !textsInBase64(text).next().done) return true
  if (assignsSecret(text)) return true
  for (const { decoded } of encodedTexts(text)) {
    if (layer >= MAX_LAYERS || mayHoldSecret(decoded, layer + 1)) return true
  }
  return false
}

/** Whether a text in a language that assigns with `=`, such as TOML or HCL, names a Secret and its fields. */
function assignsSecret(text: string): boolean {
  return text.includes('=') && ASSIGNED_FIELD.test(text) && [...text.matchAll(ASSIGNED_KIND)].some(isNamed)
}

const ASSIGNED_KIND = /kind[\\"']{0,9}\s{0,9}=>?\s{0,9}[\\"'`]{0,9}([A-Za-z]{5,11})/giu
const ASSIGNED_FIELD = /(?<!\w)(?:data|string_?data)(?!\w)/iu
const isNamed = ([, kind = '']: RegExpMatchArray): boolean => isSecretKind(kind) || holdsSecrets(kind)

/** Escapes that could spell any word: `\u0053`, `\x53`, and a line that ends in a backslash, also when escaped again. */
const HIDDEN_LETTERS = /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|\r?\n|\\\\[nr])/iu
/** A key that is an alias, or is written after a question mark. */
function hasOtherKey(text: string): boolean {
  return (text.includes('&') && ALIAS_AS_KEY.test(text)) || (text.includes('? ') && EXPLICIT_KEY.test(text))
}

const ALIAS_AS_KEY = /\*[^\s,[\]{}]{1,99}[ \t]{1,9}:/u
const EXPLICIT_KEY = /\? [^\n]{0,99}kind/iu

/**
 * The key `kind` in any quotes, and the word after its colon: none where properties, a comment or a block begin. The
 * bounds keep the search linear; what is longer counts as doubt.
 */
const KIND =
  /kind[\\"']*(?:(?:\s|\\+[nrt]|#[^\n]{0,500}\n){100}|(?:\s|\\+[nrt]|#[^\n]{0,500}\n){0,99}:(?:\s|\\+[nrt]|[\\"']){0,100}([A-Za-z][\w./-]{0,100})?)/giu

/** Whether the text says `kind: Secret`, or something whose meaning only a parser knows. */
function hasSecretKind(text: string): boolean {
  for (const [, kind] of text.matchAll(KIND)) {
    if (kind === undefined || isSecretKind(kind) || holdsSecrets(kind)) return true
  }
  return false
}

/** YAML's properties, block headers, quotes, comments and folds that may be between `kind:` and its value. */
const NAMED_KIND =
  /kind[\\"']*(?:\s|\\+[nrt]|#[^\n]{0,500}\n){0,20}:(?:\s|\\+[nrt]|[\\"']|[&!][^\s]{0,99}\s|[|>][-+0-9]{0,2}\s|#[^\n]{0,500}\n){0,50}([A-Za-z]+)/giu

/** Whether a text that is no file of its own names a Secret, its escapes read. */
export function namesSecret(text: string): boolean {
  const plain = withoutEscapes(text)
  for (const [, kind = ''] of plain.matchAll(NAMED_KIND)) {
    if (isSecretKind(kind) || (holdsSecrets(kind) && ANY_FIELD.test(plain))) return true
  }
  if (assignsSecret(plain) || BINARY_KIND.test(plain)) return true
  return ALIASED_KIND.test(plain) && (plain.match(WORD) ?? []).some(isSecretKind)
}

/** A kind in base64, which nobody writes who has nothing to hide. */
const BINARY_KIND = /kind[\\"']{0,9}\s{0,9}:\s{0,9}!\S{0,40}binary/iu

/** A kind that is written elsewhere, or a key `kind` that is. */
const ALIASED_KIND = /kind[\\"']*\s{0,9}:\s{0,9}\*|&\S{1,99}\s{1,9}["'\\]{0,9}kind/iu
const WORD = /[A-Za-z]{5,7}/gu

const ANY_FIELD = /\b(?:data|stringData)[\\"']*\s*:/iu

/** A text as it reads once the quotes around it, one or many, are taken off. */
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
