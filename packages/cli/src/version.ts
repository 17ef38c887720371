import { createRequire } from 'node:module'

import { stdout } from './output.ts'

/** Prints the version of the package, and the versions of yq whose output it reproduces. */
export function printVersion(): number {
  // The package.json of this package has a version.
  const { version } = createRequire(import.meta.url)('overlay-render/package.json') as { version: string }
  stdout.write(`overlay-render ${version} (yq 4.53.6, yq 3.4.1)\n`)
  return 0
}
