/** Explains failures about resources: see `causes.ts`. */

import { formatPosition, type Position } from '@overlay-render/system'

import type { Explanation, Failure } from './failure.ts'
import { findDuplicateKey, findNonObject, findUnreadable } from './find-broken.ts'
import { findEqualResources, findMentions } from './find-equal-resources.ts'
import { describeIdentity, parseResourceIdentity } from './resource-id.ts'

export function explainDuplicate([, printed = '']: readonly string[], { inputs }: Failure): Explanation {
  const identity = parseResourceIdentity(printed)
  const what = identity === undefined ? printed : describeIdentity(identity)
  const places = identity === undefined ? [] : findEqualResources(inputs, identity)
  const [only] = places
  const mentions = only === undefined ? [] : findMentions(inputs, only.file)
  if (only !== undefined && places.length === 1 && mentions.length > 1) {
    return {
      code: 'resource-duplicate',
      message: `${what} is in the build more than once: ${only.file} is listed at ${listOf(mentions)}`,
      related: mentions,
      hint: 'list it once',
    }
  }
  return {
    code: 'resource-duplicate',
    message: `two resources have the identity ${what}${places.length === 0 ? '' : `, from ${listOf(places)}`}`,
    related: places.toReversed(),
    hint: 'remove one of them, or give them different names or namespaces; a patch or a namespace may have made them equal',
  }
}

function listOf(places: readonly Position[]): string {
  const words = places.map((place) => formatPosition(place))
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

export function explainDuplicateKey([, key = '']: readonly string[], { inputs }: Failure): Explanation {
  const position = findDuplicateKey(inputs, key)
  return {
    code: 'resource-invalid',
    message: `duplicate key "${key}"${position === undefined ? ' of a resource' : ''}`,
    hint: 'keep one of them',
    position,
  }
}

export function explainMalformed(
  [, reason = '', file = '']: readonly string[],
  { inputs }: Failure,
): Explanation {
  const position = findUnreadable(inputs, file)
  const what = position === undefined ? file : 'this'
  return {
    code: 'resource-invalid',
    message: `${what} is not YAML: ${reason.replace(/\s+/gu, ' ')}`,
    position,
  }
}

export function explainNoObject(_match: readonly string[], { inputs, overlay }: Failure): Explanation {
  const position = findNonObject(inputs)
  const what = position === undefined ? `a resource of ${overlay}` : 'this'
  return {
    code: 'resource-invalid',
    message: `${what} is not a Kubernetes object: it needs apiVersion, kind and metadata.name`,
    position,
  }
}
