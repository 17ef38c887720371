import type { Position } from '@overlay-render/faults'

import { YqFault } from '../errors.ts'

/** An index before the beginning of a list: the one error that a filter or `**` forgives. Never leaves this folder. */
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
    message: `the index [${index}] is before the beginning of a list of ${size}`,
    yqMessage: `Index [${index}] out of range, array size is ${size}`,
  })
}

/** What makes yq 3 end with a stack trace of Go. */
export function crashFault(message: string, yqMessage: string, hint?: string): YqFault {
  return new YqFault({
    code: 'evaluation-failed',
    message: `${message}; yq 3 crashes here`,
    yqMessage: `panic: runtime error: ${yqMessage}`,
    hint,
  })
}

/** A node that was there before and lost its kind by a command without a value. */
export function emptiedFault(position: Position | undefined): YqFault {
  return new YqFault({
    code: 'evaluation-failed',
    message: 'an update without a value cannot replace a node that is there',
    yqMessage: 'yaml: cannot encode node with unknown kind 0',
    hint: 'write `value: null` to set it to null, or `command: delete` to remove it',
    position,
  })
}

/** The one thing about shared collections that is not the same in every yq 3.4.1: it depends on the Go it was built with. */
export function sharedGrowthFault(most: number): YqFault {
  return new YqFault({
    code: 'unsupported',
    message: `a collection of ${most} or more nodes was put at several places and then extended, which builds of yq 3.4.1 answer differently`,
    hint: 'give each place its own copy of the value by a command of its own',
  })
}

export function unfoldFault(message: string): YqFault {
  return new YqFault({
    code: 'limit-exceeded',
    message,
    hint: 'one value that several commands change is shared between the places it was put',
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

/** No document is nested that deep: an alias leads back to what it is in. */
export function depthFault(most: number): YqFault {
  return new YqFault({
    code: 'limit-exceeded',
    message: `a path leads more than ${most} levels deep`,
    hint: 'an alias that leads back to itself has no end; name the keys on the way instead of using **',
  })
}
