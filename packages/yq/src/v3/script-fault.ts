import { YqFault } from '../errors.ts'

/** An index before the beginning of a list. */
export function indexFault(index: number, size: number): YqFault {
  return new YqFault({
    code: 'evaluation-failed',
    message: `the index [${index}] is before the beginning of a list of ${size}`,
    yqMessage: `Index [${index}] out of range, array size is ${size}`,
  })
}

export function sizeFault(most: number): YqFault {
  return new YqFault({ code: 'limit-exceeded', message: `an index in a path may be at most ${most - 1}` })
}

export function stepsFault(most: number): YqFault {
  return new YqFault({
    code: 'limit-exceeded',
    message: `a path takes more than ${most} steps through the document`,
  })
}

/** No document is nested that deep: an alias leads back to what it stands in. */
export function depthFault(most: number): YqFault {
  return new YqFault({
    code: 'limit-exceeded',
    message: `a path leads more than ${most} levels deep`,
    hint: 'an alias that leads back to itself has no end; name the keys on the way instead of using **',
  })
}
