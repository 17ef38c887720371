import { isUtf8 } from 'node:buffer'

import type { Position } from '@overlay-render/system'

import { fieldOf, textOf } from '../graph/value-fields.ts'
import { makeLocator, readDocuments, type Value } from '../graph/yaml-value.ts'
import { type BuildInputs, textsOfRole } from './find-resources.ts'

const ROLES = ['resource', 'patch'] as const

/** The first syntax error in a resource or patch written as `written`. kustomize counts lines from the document's start. */
export function findUnreadable(inputs: BuildInputs, written: string): Position | undefined {
  for (const role of ROLES) {
    for (const { file, text } of textsOfRole(inputs, role)) {
      if (file.written !== written && file.shown !== written) continue
      for (const { fault } of readDocuments(text))
        if (fault !== undefined) return makeLocator(file.shown, text)(fault.at)
    }
  }
  return undefined
}

/** The first map with a duplicate `key`. kustomize detects it while printing, without a file name. */
export function findDuplicateKey(inputs: BuildInputs, key: string): Position | undefined {
  for (const role of ROLES) {
    for (const { file, text } of textsOfRole(inputs, role)) {
      if (!text.includes(key)) continue
      for (const { value } of readDocuments(text)) {
        const at = repeatedKey(value, key)
        if (at !== undefined) return makeLocator(file.shown, text)(at)
      }
    }
  }
  return undefined
}

function repeatedKey(value: Value, key: string): number | undefined {
  const pending: Value[] = [value]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'list') pending.push(...next.items())
    if (next.kind !== 'map') continue
    for (const entry of next.entries()) {
      if (entry.key === key && entry.repeats !== undefined) return entry.at
      pending.push(entry.value)
    }
  }
  return undefined
}

/** The first document under `resources` that is not a Kubernetes object. */
export function findNonObject(inputs: BuildInputs): Position | undefined {
  for (const { file, text } of textsOfRole(inputs, 'resource')) {
    for (const { value } of readDocuments(text)) {
      if (value.kind !== 'null' && !isObject(value)) return makeLocator(file.shown, text)(value.at)
    }
  }
  return undefined
}

function isObject(value: Value): boolean {
  const kind = textOf(fieldOf(value, 'kind'))
  return kind !== '' && (kind.endsWith('List') || textOf(fieldOf(fieldOf(value, 'metadata'), 'name')) !== '')
}

/** The first invalid line of the env files `written` that are not UTF-8. */
export function findNotUtf8(inputs: BuildInputs, written: readonly string[]): Position | undefined {
  for (const { role, written: name, real, shown } of inputs.graph.files) {
    if (!role.endsWith('-env') || !written.includes(name)) continue
    const lines = Buffer.from(inputs.view.readFile(real)).toString('latin1').split('\n')
    const line = lines.findIndex((bytes) => !isUtf8(Buffer.from(bytes, 'latin1')))
    if (line >= 0) return { file: shown, line: line + 1, column: 1 }
  }
  return undefined
}
