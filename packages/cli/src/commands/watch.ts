import type { SecretMode } from '@overlay-render/render'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { printFault } from '../print-fault.ts'
import { formatDuration } from '../render-summary.ts'
import { screenReport } from '../reports.ts'

/** Renders on every change, until it is interrupted. */
export async function watchCommand(
  context: CommandContext,
  flags: { readonly secrets?: SecretMode },
  name: string,
): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  // Whoever read this has left: there is nobody to tell.
  terminal.stdout.onLost(() => process.exit())
  const say = (line: string): void => {
    if (!terminal.quiet && !terminal.json) terminal.stdout.write(`${line}\n`)
  }
  await workspace.watch(name, {
    ...(flags.secrets === undefined ? {} : { secrets: flags.secrets }),
    onEvent(event) {
      if (event.kind === 'failed') {
        printFault(event.fault, terminal)
        return
      }
      const { rendered, diff } = event
      if (diff !== undefined && diff.resources.length > 0) {
        terminal.stdout.write(screenReport([{ title: name, diff }], terminal))
      }
      const changed = diff === undefined ? '' : diff.resources.length === 0 ? ', nothing changed' : ''
      say(
        `${name}: ${rendered.resources.length} resources in ${formatDuration(rendered.duration)}${changed}; waiting for a change, Ctrl-C ends.`,
      )
    },
  })
  return ExitStatus.fine
}
