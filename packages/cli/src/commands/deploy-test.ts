import { resolve } from 'node:path'

import { type DeployTest, deployTestJson, deployTestJunit, formatDeployTest } from '@overlay-render/cluster'
import { Fault, writeTo } from '@overlay-render/system'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { startProgress } from '../progress-line.ts'
import { splitReports } from '../report-requests.ts'

/** The flags of `deploy-test`. */
export interface DeployTestFlags {
  readonly base?: string
  readonly kubeconfig?: string
  readonly context?: string
  readonly crds?: string
  readonly report?: readonly string[]
}

const FORMATS: Readonly<Record<string, (test: DeployTest) => string>> = {
  junit: deployTestJunit,
  json: deployTestJson,
}

/** Tests an upgrade on a throw-away API server. Exits 1 when it refuses an object. */
export async function deployTestCommand(
  context: CommandContext,
  { report = [], crds, kubeconfig, ...flags }: DeployTestFlags,
  name: string,
): Promise<number> {
  const { terminal } = context
  const reports = splitReports(report).map(({ format, file }) => ({ write: formatOf(format), file }))
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const test = await workspace
    .deployTest(name, {
      ...flags,
      kubeconfig: kubeconfig === undefined ? undefined : resolve(kubeconfig),
      definitions: crds === undefined ? undefined : resolve(crds),
      onProgress: progress.onProgress,
      onStage: (words) => {
        if (!terminal.quiet && !terminal.json) terminal.stderr.say(`${name}: ${words}\n`)
      },
    })
    .finally(() => progress.stop())
  for (const { write, file } of reports)
    await writeTo(resolve(file), write(test), { guarded: workspace.guarded, shown: file })
  if (terminal.json) terminal.stdout.write(deployTestJson(test))
  else terminal.stdout.say(formatDeployTest(test))
  return test.findings.some(({ severity }) => severity === 'error') ? ExitStatus.difference : ExitStatus.fine
}

function formatOf(name: string): (test: DeployTest) => string {
  const found = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined
  if (found !== undefined) return found
  throw new Fault({
    code: 'format-unknown',
    message: `a deploy test cannot be reported as ${JSON.stringify(name)}`,
    hint: `the formats are ${Object.keys(FORMATS).join(', ')}`,
  })
}
