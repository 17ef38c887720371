import { createRequire } from 'node:module'

import type * as Re2 from 're2js'

let library: typeof Re2 | undefined

/**
 * The regular expression library, loaded when the first expression needs it: few do, and it is half of the code that
 * the command would read at every start. Evaluation is synchronous, so `import()` cannot do this.
 */
export function re2(): typeof Re2 {
  library ??= loadLibrary()
  return library
}

function loadLibrary(): typeof Re2 {
  return createRequire(import.meta.url)('re2js')
}
