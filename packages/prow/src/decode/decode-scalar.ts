import type { Value } from '@overlay-render/golden'
import type { Node } from '@overlay-render/yq'

import type { ScalarKind } from '../schema/type.ts'
import { zeroOf } from '../schema/type.ts'
import type { DecodeContext } from './decode-context.ts'
import { formatDuration, parseDuration } from './duration.ts'
import { positionOfNode } from './origins.ts'
import { canonicalQuantity } from './quantity.ts'
import { type Scalar, scalarAsText, scalarOf } from './scalar.ts'

type Reader = (value: Exclude<Scalar, null>, node: Node, coerce: boolean) => Value | undefined

/** How each kind reads a scalar that is not null; undefined when it does not accept the value. */
const READERS: Readonly<Partial<Record<ScalarKind, Reader>>> = {
  string: (value, node, coerce) =>
    typeof value === 'string' ? value : coerce ? scalarAsText(node) : undefined,
  bool: (value) => (typeof value === 'boolean' ? value : undefined),
  int: (value) => (isWhole(value) ? value : undefined),
  nanoseconds: (value) => (isWhole(value) ? value : undefined),
  float: (value) => (typeof value === 'number' || typeof value === 'bigint' ? value : undefined),
  quantity: (value) => (typeof value === 'boolean' ? undefined : canonicalQuantity(String(value))),
  duration: (value) => {
    const nanoseconds = isWhole(value) ? BigInt(value) : parseDuration(String(value))
    return nanoseconds === undefined ? undefined : formatDuration(nanoseconds)
  },
  'int-or-string': (value) => (typeof value === 'string' || isWhole(value) ? value : undefined),
  time: (value) => (typeof value === 'string' ? value : undefined),
}

const WANTED: Readonly<Partial<Record<ScalarKind, string>>> = {
  string: 'text',
  bool: 'true or false',
  int: 'a whole number',
  nanoseconds: 'a whole number of nanoseconds',
  float: 'a number',
  quantity: 'a quantity such as 500m or 1Gi',
  duration: 'a duration such as 1h30m',
  'int-or-string': 'a whole number or a name',
  time: 'a time',
}

function isWhole(value: Scalar): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))
}

/** Decodes a scalar into a kind. A value that does not fit is reported and becomes the zero value. */
export function decodeScalar(
  node: Node,
  kind: ScalarKind,
  { report, coerce }: DecodeContext & { readonly coerce: boolean },
): Value {
  const value = node.kind === 'scalar' ? scalarOf(node) : undefined
  if (value === null) return zeroOf({ kind })
  const read = value === undefined ? undefined : READERS[kind]?.(value, node, coerce)
  if (read !== undefined) return read
  report({
    rule: 'wrong-type',
    severity: 'error',
    message: `expected ${WANTED[kind] ?? kind}, found ${foundText(node, value)}`,
    position: positionOfNode(node),
    hint:
      kind === 'string' && node.kind === 'scalar'
        ? 'Prow refuses the whole configuration: put the value in quotes'
        : 'correct it: until then Prow refuses the whole configuration',
  })
  return zeroOf({ kind })
}

function foundText(node: Node, value: Scalar | undefined): string {
  if (node.kind !== 'scalar') return node.kind === 'mapping' ? 'a map' : 'a list'
  return typeof value === 'boolean' ? `the boolean ${node.value}` : JSON.stringify(node.value.slice(0, 40))
}
