import { posix } from 'node:path'

import { hasBehaviour } from '../versions/behaviours.ts'
import type { SourceNaming } from './field-shape.ts'
import type { GeneratorDraft, ReferenceFault, SourceDraft } from './reference.ts'
import { fieldOf, itemsOf, type TextAt, textOf, textsAt } from './value-fields.ts'
import type { Value } from './yaml-value.ts'

/** The context of a generator. */
export interface GeneratorPlace {
  readonly kind: 'ConfigMap' | 'Secret'
  /** The map with its name and namespace. */
  readonly metadata: Value
  readonly version: string
  /** The offset of all of its parts; their own offsets when undefined. */
  readonly place: number | undefined
}

/**
 * Reads an entry of `configMapGenerator` or `secretGenerator`.
 *
 * @param written its sources, in the order of the table of fields
 * @param faults receives its problems
 */
export function readGenerator(
  entry: Value,
  written: readonly (TextAt & SourceNaming)[],
  { kind, metadata, version, place }: GeneratorPlace,
  faults: ReferenceFault[],
): GeneratorDraft {
  const refuse = (message: string, at: number): void => {
    faults.push({ code: 'value-invalid', message, at: place ?? at })
  }
  const literalKeys: string[] = []
  for (const { text, at } of itemsOf(fieldOf(entry, 'literals')).flatMap(textsAt)) {
    const fault = literalFault(text, version)
    if (fault === undefined) literalKeys.push(text.slice(0, text.indexOf('=')))
    else refuse(fault, at)
  }
  const sources: SourceDraft[] = []
  for (const { text, at, source } of written) {
    const [key, path] = source === 'file' ? splitFileSource(text) : [undefined, text]
    if (key === '') refuse(`"${text}" must be a path, or key=path with one "="`, at)
    else sources.push({ form: source, key, written: path, at: place ?? at })
  }
  const name = textOf(fieldOf(metadata, 'name'))
  if (name === '') refuse(`a generated ${kind} must have a name`, entry.at)
  return {
    kind,
    name,
    namespace: textOf(fieldOf(metadata, 'namespace')) || undefined,
    behavior: textOf(fieldOf(entry, 'behavior')) || undefined,
    at: place ?? entry.at,
    sources,
    literalKeys,
  }
}

/** The key and the path of an entry of `files`; both empty when it is neither a path nor `key=path`. */
function splitFileSource(text: string): readonly [string, string] {
  const parts = text.split('=')
  if (parts.length === 1) return [posix.basename(text), text]
  const [key = '', path = ''] = parts
  return parts.length === 2 && key !== '' && path !== '' ? [key, path] : ['', '']
}

/** The problem of a literal, without showing its value. */
function literalFault(text: string, version: string): string | undefined {
  const equals = text.indexOf('=')
  if (equals <= 0) return 'a literal must be key=value'
  const value = text.slice(equals + 1)
  if ((value === '"' || value === "'") && hasBehaviour(version, 'lonely-quote-crashes')) {
    return `the literal "${text.slice(0, equals)}" is a single quote mark, and kustomize ${version} crashes`
  }
  return undefined
}
