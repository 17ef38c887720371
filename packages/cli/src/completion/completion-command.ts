import { printableLines } from '@overlay-render/system'

import { ExitStatus } from '../exit-status.ts'
import { stderr, stdout } from '../output.ts'
import { complete, overlayNames } from './complete.ts'
import { COMPLETION_SCRIPTS } from './scripts.ts'

/** `completion SHELL` prints a script; `completion words -- WORD…` is called by that script. Returns the exit status. */
export async function runCompletion([shell = '', ...rest]: readonly string[]): Promise<number> {
  if (shell === 'words') {
    const candidates = await complete(rest[0] === '--' ? rest.slice(1) : rest, overlayNames)
    // A name with a control character cannot be typed.
    const lines = candidates.filter(({ word }) => printableLines(word) === word)
    stdout.write(lines.map(({ word, meaning }) => `${word}\t${meaning}\n`).join(''))
    return ExitStatus.fine
  }
  const script = COMPLETION_SCRIPTS[shell]
  if (script !== undefined) {
    stdout.write(script)
    return ExitStatus.fine
  }
  stderr.write('error: completion needs the name of a shell: bash, zsh or fish\n')
  stderr.write('  hint: for this shell, run source <(overlay-render completion bash)\n')
  return ExitStatus.badInput
}
