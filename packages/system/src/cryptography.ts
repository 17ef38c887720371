import type * as crypto from 'node:crypto'

/** Node's `crypto` module, loaded on first use: loading it takes a tenth of the run time of a short command that does not need it. */
export function cryptography(): typeof crypto {
  return process.getBuiltinModule('node:crypto')
}
