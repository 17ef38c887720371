import type { Position } from '@overlay-render/faults'

import { YqFault } from '../errors.ts'

/** An index before the start of a list: the only error that a filter or `**` ignores. Not thrown out of this folder. */
export class IndexOutOfRange extends Error {
  readonly index: number
  readonly size: number

  constructor(index: number, size: number) {
    super('index out of range')
    this.index = index
    this.size = size
  }
}

export function indexFault({ index, size }: IndexOutOfRange): YqFault {
  return new YqFault({
    code: 'evaluation-failed',
    message: `the index [${index}] is out of range: the list has ${size} ${size === 1 ? 'item' : 'items'}`,
    yqMessage: `Index [${index}] out of range, array size is ${size}`,
  })
}

/** The fault of input that makes yq 3 panic. */
export function crashFault(message: string, yqMessage: string, hint?: string): YqFault {
  return new YqFault({
    code: 'evaluation-failed',
    message: `${message}; yq 3 crashes here`,
    yqMessage: `panic: runtime error: ${yqMessage}`,
    hint,
  })
}

/** An existing node that was replaced by a command without a value, so that it has no kind. */
export function emptiedFault(position: Position | undefined): YqFault {
  return new YqFault({
    code: 'evaluation-failed',
    message: 'an update without a value cannot replace an existing node',
    yqMessage: 'yaml: cannot encode node with unknown kind 0',
    hint: 'write `value: null` to set it to null, or `command: delete` to remove it',
    position,
  })
}

/** How a large shared collection grows depends on the Go version that yq 3.4.1 was built with. */
export function sharedGrowthFault(most: number): YqFault {
  return new YqFault({
    code: 'unsupported',
    message: `a collection of ${most} or more nodes is used in several places and then extended; the result depends on the build of yq 3.4.1`,
    hint: 'set each place with its own command, so that each has its own copy',
  })
}

export function unfoldFault(message: string): YqFault {
  return new YqFault({
    code: 'limit-exceeded',
    message,
    hint: 'places that one command sets share its value, so a later change in one place changes all',
  })
}

export function sizeFault(most: number): YqFault {
  return new YqFault({
    code: 'limit-exceeded',
    message: `indexes in paths add more than ${most} items to lists`,
  })
}

export function stepsFault(most: number): YqFault {
  return new YqFault({
    code: 'limit-exceeded',
    message: `the paths of the script take more than ${most} steps through the document`,
  })
}

/** A path that deep means that an alias is inside its own anchor. */
export function depthFault(most: number): YqFault {
  return new YqFault({
    code: 'limit-exceeded',
    message: `a path leads more than ${most} levels deep`,
    hint: 'an alias inside its own anchor has no end; name the keys of the path instead of using **',
  })
}
