import { bytesOfText } from '@overlay-render/yq'

import type { Destination } from './destination.ts'
import type { YqIo } from './io.ts'

/** Stdout, as the results come: what was printed before a fault stays printed. */
export function stdoutDestination(io: YqIo): Destination {
  return {
    write: (text) => io.writeStdout(bytesOfText(text)),
    append: (bytes) => io.writeStdout(bytes),
    finish: () => Promise.resolve(),
  }
}
