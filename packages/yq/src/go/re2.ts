import { createRequire } from 'node:module'

import type * as Re2 from 're2js'

let library: typeof Re2 | undefined

/**
 * The regular expression library, loaded on first use: few expressions need it, and it is half of the command's code.
 * Evaluation is synchronous, so `import()` cannot be used.
 */
export function re2(): typeof Re2 {
  library ??= loadLibrary()
  return library
}

function loadLibrary(): typeof Re2 {
  return createRequire(import.meta.url)('re2js')
}
