import { createRequire } from 'node:module'

import { stdout } from './output.ts'

/** The version of the package, and of the programs whose bytes it gives. */
export function printVersion(): number {
  const { version } = createRequire(import.meta.url)('overlay-render/package.json') as { version: string }
  stdout.write(`overlay-render ${version} (yq 4.53.6, yq 3.4.1)\n`)
  return 0
}
