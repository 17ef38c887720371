import { bytesOfText } from '@overlay-render/yq'

import type { Destination } from './destination.ts'
import type { YqIo } from './io.ts'

/** Stdout. Results are printed as they come, so those before a fault are kept. */
export function stdoutDestination(io: YqIo): Destination {
  return {
    write: (text) => io.writeStdout(bytesOfText(text)),
    append: (bytes) => io.writeStdout(bytes),
    finish: () => Promise.resolve(),
  }
}
