import { explanationJson, formatExplanation } from '@overlay-render/render'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { startProgress } from '../progress-line.ts'

/** Shows where a resource, or values in it, come from. */
export async function explainCommand(
  context: CommandContext,
  overlay: string,
  resource: string,
  path: string | undefined,
): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const explanation = await workspace
    .explain(overlay, resource, path, { onProgress: progress.onProgress })
    .finally(() => progress.stop())
  if (terminal.json) terminal.stdout.write(explanationJson(explanation))
  else terminal.stdout.say(formatExplanation(explanation, terminal.width))
  return ExitStatus.fine
}
