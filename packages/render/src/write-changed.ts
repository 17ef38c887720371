import { lstatSync } from 'node:fs'

import { type AtomicWriteOptions, readOutput, writeAtomically } from '@overlay-render/system'

/**
 * Writes an output, unless it exists with the same bytes and mode. Of hundreds of overlays few change, and a write waits for the
 * disk.
 *
 * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`
 */
export function writeChanged(path: string, data: string | Uint8Array, options: AtomicWriteOptions): void {
  const { mode } = options
  const isSame = readOutput(path, options)?.equals(Buffer.from(data)) ?? false
  if (isSame && (mode === undefined || (lstatSync(path).mode & 0o777) === mode)) return
  writeAtomically(path, data, options)
}
