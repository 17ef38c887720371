import * as fc from 'fast-check'
import fastJsonPatch from 'fast-json-patch'
import { describe, expect, test } from 'vitest'

import {
  diffManifests,
  formatDiff,
  type ManifestDiff,
  parseManifests,
  REPORT_FORMATS,
  reportFormat,
} from '../src/index.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Resource = { apiVersion: string; kind: string; metadata: Record<string, Json>; [key: string]: Json }

const word = fc.constantFrom('a', 'b', 'name', 'image', 'env', 'containers', 'spec', 'x.y', 'with space', 'ä')
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom('', 'x', 'a: b', '- a\n- b\n', 'one\ntwo\n', '{"a": 1}', 'true', '12', '~', '#', "it's"),
  fc.integer({ min: -5, max: 5 }),
  fc.boolean(),
  fc.constant(null),
)
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.record({ name: word, v: tie('value') }), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4 }),
  ),
}))
const resource: fc.Arbitrary<Resource> = fc.record({
  apiVersion: fc.constantFrom('v1', 'apps/v1'),
  kind: fc.constantFrom('ConfigMap', 'Deployment', 'Service'),
  metadata: fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd-5c8b2mkt6d', 'd-7h4t9gfk2b') }),
  spec: value,
  data: fc.dictionary(
    word,
    fc.constantFrom('x', 'a: 1\nb: 2\n', 'a: 1\nb: 3\n', 'b: 2\na: 1\n', '#!/bin/sh\nx\n'),
    { maxKeys: 3 },
  ),
})
const idOf = ({ apiVersion, kind, metadata }: Resource): string =>
  `${apiVersion} ${kind} ${JSON.stringify(metadata['name'])}`
const resources = fc.uniqueArray(resource, { maxLength: 5, selector: idOf })

/** JSON is YAML; separators make it a stream. */
const toText = (items: readonly Json[]): string =>
  items.map((item) => `---\n${JSON.stringify(item)}\n`).join('')
const compare = (before: readonly Json[], after: readonly Json[]): ManifestDiff =>
  diffManifests(
    parseManifests(toText(before), { file: 'before' }),
    parseManifests(toText(after), { file: 'after' }),
  )

/** The same value with the keys of every map in another order. */
const shuffleKeys = (item: Json): Json => {
  if (Array.isArray(item)) return item.map(shuffleKeys)
  if (typeof item !== 'object' || item === null) return item
  return Object.fromEntries(
    Object.entries(item)
      .toReversed()
      .map(([key, member]) => [key, shuffleKeys(member)]),
  )
}

test('nothing differs from itself', () => {
  fc.assert(
    fc.property(resources, (items) => {
      expect(compare(items, items).resources).toEqual([])
    }),
  )
})

test('shuffled documents and keys are no difference', () => {
  fc.assert(
    fc.property(resources, (items) => {
      expect(compare(items, items.toReversed().map(shuffleKeys)).resources).toEqual([])
    }),
  )
})

test('swapping the sides swaps what was added and removed', () => {
  const kinds = (diff: ManifestDiff): string[] =>
    diff.resources
      .map(({ kind, id, previousId, changes }) => {
        const name = (of: typeof id | undefined): string =>
          of === undefined ? '' : `${of.apiVersion} ${of.kind} ${of.name}`
        return [kind, ...[name(id), name(previousId)].sort(), changes.length > 0].join()
      })
      .sort()
  const swapped: Record<string, string> = { added: 'removed', removed: 'added' }
  fc.assert(
    fc.property(resources, resources, (before, after) => {
      const there = kinds(compare(before, after))
      const back = kinds(compare(after, before)).map((line) =>
        line.replace(/^(?:added|removed)/u, (kind) => swapped[kind] ?? kind),
      )
      expect(back.sort()).toEqual(there)
    }),
  )
})

test('every difference of values is reported', () => {
  fc.assert(
    fc.property(resource, value, (item, spec) => {
      const other = { ...item, spec }
      const same = JSON.stringify(sortKeys(item)) === JSON.stringify(sortKeys(other))
      expect(compare([item], [other]).resources.length === 0).toBe(same)
    }),
  )
})

test('a removed null is a difference', () => {
  const item = (spec: Json) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec })
  expect(compare([item([null])], [item([])]).resources).toHaveLength(1)
  expect(compare([item({ a: null })], [item({})]).resources).toHaveLength(1)
})

test('applying the patches to the old manifests results in the new ones', () => {
  fc.assert(
    fc.property(resources, resources, (before, after) => {
      expect(applyPatches(before, compare(before, after))).toEqual(
        new Map(after.map((item) => [idOf(item), item])),
      )
    }),
  )
})

describe('no secret is in any report or error', () => {
  const CANARY = 'cAnArY7731'
  const secretTexts = [
    (data: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  k: ${JSON.stringify(data)}\n`,
    (data: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata:\n  k: ${Buffer.from(data).toString('base64')}\n`,
    (data: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: ${JSON.stringify(JSON.stringify({ stringData: { k: data } }))}\nstringData: {}\n`,
    (data: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  s.yaml: ${JSON.stringify(`kind: Secret\nstringData:\n  k: ${JSON.stringify(data)}\n`)}\n`,
    (data: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  marked: ${JSON.stringify(data)}\n`,
    (data: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  in.yaml: ${JSON.stringify(`x:\n- marked: ${JSON.stringify(data)}\n`)}\n`,
    (data: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {k: [${data}\n`,
  ]
  const rules = {
    redact: [
      { kind: 'ConfigMap', path: '$.data.marked' },
      { kind: 'ConfigMap', in: 'in.yaml', path: '$..marked' },
    ],
  }
  const wraps = [
    (text: string): string => text,
    (text: string): string => `a\n${text}\nb\n`,
    (text: string): string => JSON.stringify({ users: [{ name: text, user: { token: text } }] }),
    (text: string): string => JSON.stringify({ [text]: 'key' }),
    (text: string): string => `a: ${text}\nb:\n- ${text}\n`,
  ]
  const encodings = [
    CANARY,
    Buffer.from(CANARY).toString('base64').replace(/=+$/u, ''),
    Buffer.from(CANARY).toString('hex'),
  ]

  test.each(REPORT_FORMATS)('%s', (format) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...secretTexts),
        fc.constantFrom(...wraps),
        fc.constantFrom(CANARY, `${CANARY}1`, 'other'),
        fc.constantFrom(CANARY, `${CANARY}2`, 'other'),
        fc.constantFrom('changed', 'added', 'removed', 'renamed'),
        (secret, wrap, before, after, kind) => {
          const old = secret(wrap(before))
          const fresh = secret(wrap(after))
          const text = show(
            kind === 'added' ? '' : old,
            kind === 'removed' ? '' : kind === 'renamed' ? fresh.replace('name: a', 'name: ab') : fresh,
            format,
          )
          for (const encoded of encodings) expect(text).not.toContain(encoded)
        },
      ),
    )
  })

  const show = (before: string, after: string, format: string): string => {
    try {
      const diff = diffManifests(
        parseManifests(before, { file: 'a' }),
        parseManifests(after, { file: 'b' }),
        rules,
      )
      return formatDiff(diff, reportFormat(format))
    } catch (error) {
      return JSON.stringify(error, Object.getOwnPropertyNames(error))
    }
  }
})

const sortKeys = (item: Json): Json => {
  if (Array.isArray(item)) return item.map(sortKeys)
  if (typeof item !== 'object' || item === null) return item
  return Object.fromEntries(
    Object.entries(item)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sortKeys(member)]),
  )
}

interface Patch {
  readonly resource: { apiVersion: string; kind: string; name: string }
  readonly previous?: { apiVersion: string; kind: string; name: string }
  readonly patch: fastJsonPatch.Operation[]
}

const applyPatches = (before: readonly Resource[], diff: ManifestDiff): Map<string, Json> => {
  const patches: Patch[] = JSON.parse(formatDiff(diff, 'json-patch'))
  const result = new Map<string, Json>(before.map((item) => [idOf(item), item]))
  const key = ({ apiVersion, kind, name }: Patch['resource']): string =>
    `${apiVersion} ${kind} ${JSON.stringify(name)}`
  const old = new Map(result)
  for (const { resource, previous } of patches) result.delete(key(previous ?? resource))
  for (const { resource, previous, patch } of patches) {
    const { newDocument } = fastJsonPatch.applyPatch(
      structuredClone(old.get(key(previous ?? resource)) ?? null),
      patch,
      true,
    )
    if (newDocument !== null) result.set(key(resource), newDocument)
  }
  return result
}
