import type { Capabilities } from '@overlay-render/yq'

import { readInputFile } from './input-file.ts'
import type { YqIo } from './io.ts'
import type { ParsedArguments } from './parse-flags.ts'
import { runSystemProgram } from './run-system-program.ts'

/** What an expression may use, according to yq's security flags. */
export function capabilitiesOf(flags: ParsedArguments, io: YqIo): Capabilities {
  return {
    environment: flags.boolean('security-disable-env-ops') ? undefined : (name) => io.env[name],
    readFile: flags.boolean('security-disable-file-ops') ? undefined : (name) => readInputFile(name, io.cwd),
    runProgram: flags.boolean('security-enable-system-operator')
      ? (program, parameters, input) => runSystemProgram(program, parameters, input, io)
      : undefined,
    timeZone: io.env['TZ'],
  }
}
