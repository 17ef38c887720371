import { unmarkKey } from './config-values.ts'
import { knownKeys } from './schema-keys.ts'

/** An issue as valibot reports it. */
export interface ValueIssue {
  readonly type: string
  readonly expected: string | null
  readonly received: string
  /** Our own message, if the schema has one: `Expected …`. */
  readonly message: string
}

/** What is wrong with a setting, and what to do. */
export interface IssueText {
  readonly sentence: string
  readonly hint: string | undefined
}

/** The path of a setting as people write it: `overlays[0].path`. */
export function showPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((shown, step) => {
    const name = unmarkKey(String(step))
    return typeof step === 'number' ? `${shown}[${name}]` : shown === '' ? name : `${shown}.${name}`
  }, '')
}

/** Describes what is wrong with the value of a setting, and what to write. */
export function describeIssue(path: readonly PropertyKey[], issue: ValueIssue): IssueText {
  const shown = showPath(path)
  const { expected, received } = issue
  if (issue.type === 'non_empty')
    return { sentence: `${shown} is empty`, hint: 'give it a value, or remove it' }
  if (issue.type === 'min_length') {
    return { sentence: `${shown} is an empty list`, hint: 'add an entry, or remove the key' }
  }
  const wanted = ['regex', 'starts_with'].includes(issue.type)
    ? issue.message.replace(/^Expected /u, '')
    : wordsFor(expected ?? 'another value')
  const hint = hintFor(path, issue)
  return received === 'null'
    ? {
        sentence: `${shown} has no value: it must be ${wanted}`,
        hint: hint ?? 'give it a value, or remove the key',
      }
    : { sentence: `${shown} must be ${wanted}, not ${wordsFor(received)}`, hint }
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['Array', 'a list'],
  ['Object', 'a map'],
  ['string', 'text'],
  ['boolean', 'true or false'],
  ['number', 'a number'],
])

/** `("yq" | "preserve")` is `yq or preserve`. */
function wordsFor(type: string): string {
  const choices = /^\((.*)\)$/u.exec(type)?.[1]
  if (choices === undefined) return WORDS.get(type) ?? type
  const names = choices.split(' | ').map((name) => name.replaceAll('"', ''))
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`
}

function hintFor(path: readonly PropertyKey[], { expected, received }: ValueIssue): string | undefined {
  const key = unmarkKey(String(path.at(-1)))
  const isScalar = !['Array', 'Object', 'null'].includes(received)
  if (isTop(path, 'version')) return 'this overlay-render reads version 1'
  if (expected === 'Array' && isScalar) return `write ${key}: [${received.replaceAll('"', '')}]`
  if (expected === 'Array' && received === 'Object') return 'write each entry after a dash'
  if (isTop(path, 'kustomize') && isScalar) return 'write kustomize: {version: 4.5.4}'
  // A version with two numbers is a number in YAML.
  if (expected === 'string' && isScalar) return 'put it in quotes to make it text'
  if (expected !== 'Object') return undefined
  const keys = knownKeys(path)
  return keys.length === 0 ? undefined : `its keys are ${keys.join(', ')}`
}

function isTop(path: readonly PropertyKey[], name: string): boolean {
  return path.length === 1 && path[0] === name
}

/** The accepted forms of a setting that has several. */
export function describeForms(path: readonly PropertyKey[]): string {
  if (path[0] === 'secrets') return 'must be real, stub or {mode, files}'
  if (path[0] === 'overlays')
    return 'must be a folder or {path, kind, skip, order}, where kind is kustomize or folder'
  if (path.at(-1) === 'key') return 'must be a name or a list of names'
  return 'must be {from, to} or {text, to}'
}
