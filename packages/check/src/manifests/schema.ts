import {
  formatId,
  formatPath,
  isMap,
  type Path,
  type Resource,
  textOf,
  type Value,
} from '@overlay-render/golden'
import type { FieldPath } from '@overlay-render/kustomize'
import { nearestNames } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'
import { apiExample, BETA_DEFINITION, customObject, DEFINITION } from './schema/examples.ts'
import { findViolations } from './schema/find-violations.ts'
import { knownKinds } from './schema/known-kinds.ts'
import type { Violation } from './schema/violation.ts'

/** Violations of the schemas of Kubernetes and of CustomResourceDefinitions. */
export const schema: Rule<ManifestCheck> = {
  name: 'schema',
  severity: 'error',
  doc: 'A field is unknown, is missing, or has a value of the wrong type: the API server refuses the object, or drops the field if it is not strict.',
  check: (input) => {
    const { definition, schemaOf } = knownKinds(input.api, [...input.resources, ...input.definitions])
    return input.resources.flatMap((resource) => {
      const own = schemaOf(resource.id)
      if (own === undefined) return []
      return findViolations(resource.value, own, definition).map((violation) => {
        const { place, part, says, hint } = describe(resource, violation)
        return about(input, resource, { rule: 'schema', severity: 'error', part, message: says, hint, place })
      })
    })
  },
  examples: {
    fires: [
      apiExample('a field that is misspelt', 'spec: {replica: 1, containers: []}'),
      apiExample('a text instead of an integer', 'spec: {replicas: "1", containers: []}'),
      apiExample('a list instead of a map', 'spec: [{containers: []}]'),
      apiExample('a required field that is not there', 'spec: {replicas: 1}'),
      apiExample('a field that is null and required', 'spec: {containers: null}'),
      apiExample('a field that is called constructor', 'spec: {containers: [], constructor: 1}'),
      manifestExample(
        'a custom resource, by its definition',
        `${DEFINITION}---\n${customObject('size: 1.5')}`,
      ),
      manifestExample(
        'a custom resource, by a definition in v1beta1',
        `${BETA_DEFINITION}---\n${customObject('size: 1.5')}`,
      ),
      manifestExample(
        'an unknown field that a definition in v1beta1 drops',
        `${BETA_DEFINITION.replace('scope: Namespaced', 'preserveUnknownFields: false')}---\n${customObject('sise: 1')}`,
      ),
      manifestExample(
        'a value outside of an enumeration',
        `${DEFINITION}---\n${customObject('color: pink')}`,
      ),
    ],
    silent: [
      apiExample(
        'valid fields',
        'spec: {replicas: 1, containers: [{name: a, port: http}, {name: b, port: 80}]}',
      ),
      apiExample('a field that is null', 'spec: {replicas: null, containers: []}'),
      manifestExample('a kind without a schema', customObject('anything: 1')),
      manifestExample(
        'an unknown field that a definition in v1beta1 keeps',
        `${BETA_DEFINITION}---\n${customObject('sise: 1')}`,
      ),
      manifestExample(
        'unknown fields that a definition preserves',
        `${DEFINITION}---\n${customObject('free: {a: {b: 1}}')}`,
      ),
      manifestExample(
        'a port as a number or a name',
        `${DEFINITION}---\n${customObject('port: http')}---\n${customObject('port: 80')}`,
      ),
    ],
  },
}

interface Described {
  readonly place: FieldPath
  readonly part: string
  readonly says: string
  readonly hint: string | undefined
}

/** The message for a violation. Values are never shown: they may be secret. */
function describe({ id, value }: Resource, violation: Violation): Described {
  const { place } = violation
  const at = formatPath(pathOf(value, place))
  const where = at === '' ? 'the object' : at
  switch (violation.kind) {
    case 'unknown': {
      const [near] = nearestNames(String(place.at(-1)), violation.known)
      const says = `${formatId(id)} has an unknown field ${at}`
      return { place, part: at, says, hint: near === undefined ? UNKNOWN_HINT : `did you mean ${near}?` }
    }
    case 'missing': {
      const part = `${at}${at === '' ? '' : '.'}${violation.field}`
      return { place, part, says: `${formatId(id)} lacks the required field ${part}`, hint: undefined }
    }
    case 'type': {
      const { expected, found } = violation
      return {
        place,
        part: at,
        says: `${where} of ${formatId(id)} must be ${expected}, not ${found}`,
        hint: quoteHint(expected, found),
      }
    }
    case 'enum': {
      const allowed = violation.allowed.map(String)
      return {
        place,
        part: at,
        says: `${where} of ${formatId(id)} is not one of ${allowed.join(', ')}`,
        hint: undefined,
      }
    }
  }
}

const UNKNOWN_HINT =
  'remove it, or move it to where it belongs: the API server refuses it, or drops it silently'

function quoteHint(expected: string, found: string): string | undefined {
  if (expected === 'a string' && found !== 'a map' && found !== 'a list') return 'write it in quotes'
  return found === 'a string' && /integer$|boolean|number/u.test(expected)
    ? 'write it without quotes'
    : undefined
}

/** A path as people write it, with list items by name if they have one. */
function pathOf(root: Value, place: FieldPath): Path {
  let value: Value | undefined = root
  return place.map((step) => {
    value = Array.isArray(value)
      ? value[Number(step)]
      : isMap(value) && Object.hasOwn(value, step)
        ? value[step]
        : undefined
    if (typeof step === 'string') return { kind: 'key', key: step }
    const name = textOf(value, 'name')
    if (name === '') return { kind: 'index', index: step }
    return { kind: 'item', index: step, fields: [{ field: 'name', value: name }] }
  })
}
