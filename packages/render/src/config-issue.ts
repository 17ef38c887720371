import { nearestNames } from '@overlay-render/system'

import { unmarkKey } from './config-values.ts'
import { knownChoices, knownKeys } from './schema-keys.ts'

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
  const [example, program] = VERSIONS.get(shown) ?? []
  if (example !== undefined && received !== 'null') {
    return {
      sentence: `${shown} must be an exact version such as ${example}, not ${wordsFor(received)}`,
      hint: `name the one that deploys: ${program} prints it`,
    }
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

/** Settings that are exact versions: an example, and what prints the version. */
const VERSIONS: ReadonlyMap<string, readonly [example: string, program: string]> = new Map([
  ['kustomize.version', ['4.5.4', 'kustomize version']],
  ['kustomize.kubectl', ['1.34.2', 'kubectl version --client']],
  ['helm.version', ['3.19.2', 'helm version']],
])

/** What is meant by a map of settings that is written as one text. */
const MAIN_KEYS: ReadonlyMap<string, string> = new Map([
  ['kustomize', 'version'],
  ['helm', 'version'],
  ['golden', 'path'],
])

function hintFor(path: readonly PropertyKey[], { expected, received }: ValueIssue): string | undefined {
  const key = unmarkKey(String(path.at(-1)))
  const isScalar = !['Array', 'Object', 'null'].includes(received)
  if (isTop(path, 'version')) return 'this overlay-render reads version 1'
  if (expected === 'Array' && isScalar) return `write ${key}: [${received.replaceAll('"', '')}]`
  if (expected === 'Array' && received === 'Object') {
    const keys = knownKeys([...path, 0])
    return `write each entry after a dash${keys.length === 0 ? '' : `, with the keys ${keys.join(', ')}`}`
  }
  const main = path.length === 1 ? MAIN_KEYS.get(key) : undefined
  if (main !== undefined && isScalar) return `write ${key}: {${main}: ${received.replaceAll('"', '')}}`
  if (expected === 'string' && isScalar) return 'put it in quotes to make it text'
  if (expected !== 'Object') return undefined
  if (isTop(path, 'settings')) return 'write the settings of each overlay below its name'
  const keys = knownKeys(path)
  return keys.length === 0 ? undefined : `its keys are ${keys.join(', ')}`
}

function isTop(path: readonly PropertyKey[], name: string): boolean {
  return path.length === 1 && path[0] === name
}

/** The accepted forms of a setting that has several, and what to write. */
export function describeForms(path: readonly PropertyKey[], input: unknown): IssueText {
  const shown = showPath(path)
  if (path[0] === 'secrets') {
    const near = nearestNames(String(input).toLowerCase(), ['real', 'stub'])[0]
    return {
      sentence: `${shown} must be real, stub or {mode, files}`,
      hint:
        near === undefined
          ? 'write secrets: stub, or secrets: {files: [secrets/*]}'
          : `did you mean ${near}?`,
    }
  }
  if (path[0] === 'overlays') {
    return {
      sentence: `${shown} must be a folder or {path, kind, skip, order}, where kind is kustomize or folder`,
      hint: 'write - overlays/*, or - {path: clusters/*, kind: folder}',
    }
  }
  if (path.at(-1) === 'key') {
    return {
      sentence: `${shown} must be a name or a list of names`,
      hint: 'write key: name, or key: [kind, name]',
    }
  }
  return {
    sentence: `${shown} must be {from, to} or {text, to}`,
    hint: 'from names a file of the workspace, text is the template itself, and to is the file to write',
  }
}

/** What to do about a key that is missing: another key may be a misspelling of it. */
export function hintForMissing(path: readonly PropertyKey[], written: readonly string[]): string | undefined {
  const key = String(path.at(-1))
  if (isTop(path, 'version')) return 'start the file with version: 1'
  const keys = knownKeys(path.slice(0, -1))
  const unknown = written.map((name) => unmarkKey(name)).find((name) => !keys.includes(name))
  if (unknown !== undefined) return `write ${key} instead of ${unknown}, which is no key`
  const choices = knownChoices(path)
  return choices.length === 0
    ? `its keys are ${keys.join(', ')}`
    : `add ${key}: ${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`
}
