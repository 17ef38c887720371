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
 * `completion SHELL`: a script that completes the commands, flags, formats and files of `overlay-render yq`. Unlike yq's own
 * scripts it does not call the program at every key.
 */
export function completionScript(args: readonly string[]): string {
  const [shell = ''] = args
  if (args.length !== 1) throw usageFault(`accepts 1 arg(s), received ${args.length}`, HINT)
  const write = SHELLS.get(shell)
  if (write === undefined)
    throw usageFault(`invalid argument ${JSON.stringify(shell)} for "yq completion"`, HINT)
  return write()
}
