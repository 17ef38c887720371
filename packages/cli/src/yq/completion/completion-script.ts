import { usageFault } from '../usage-fault.ts'
import { bashScript } from './bash.ts'
import { fishScript } from './fish.ts'
import { powershellScript } from './powershell.ts'
import { zshScript } from './zsh.ts'

const SHELLS: ReadonlyMap<string, () => string> = new Map([
  ['bash', bashScript],
  ['zsh', zshScript],
  ['fish', fishScript],
  ['powershell', powershellScript],
])

const HINT =
  'for this session: `source <(overlay-render yq completion bash)`, or `overlay-render yq completion fish | source`'

/**
 * `completion SHELL`: a script for that shell, which completes the commands, flags, formats and files of
 * `overlay-render yq`. yq's own scripts ask the program at every key; these know the answers.
 */
export function completionScript(args: readonly string[]): string {
  const [shell = ''] = args
  if (args.length !== 1) throw usageFault(`accepts 1 arg(s), received ${args.length}`, HINT)
  const write = SHELLS.get(shell)
  if (write === undefined)
    throw usageFault(`invalid argument ${JSON.stringify(shell)} for "yq completion"`, HINT)
  return write()
}
