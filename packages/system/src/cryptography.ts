import type * as crypto from 'node:crypto'

/** Node's cryptography, loaded when it is first needed: that takes as long as a tenth of a short command that needs none. */
export function cryptography(): typeof crypto {
  return process.getBuiltinModule('node:crypto')
}
