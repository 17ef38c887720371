import { resolve } from 'node:path'

import { formatPlan, namesOf, type Plan, planHtml, planJson, planScript } from '@overlay-render/cluster'
import { STUB_PATTERN } from '@overlay-render/render'
import { Fault, writeTo } from '@overlay-render/system'

import { commandLine } from '../commands-to-run.ts'
import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { startProgress } from '../progress-line.ts'
import { splitReports } from '../report-requests.ts'

/** The flags of `plan`. */
export interface PlanFlags {
  readonly live?: boolean
  readonly context?: string
  readonly prune?: boolean
  readonly replace?: readonly string[]
  readonly secrets?: 'real' | 'stub'
  readonly shell?: boolean
  readonly format?: string
  readonly report?: readonly string[]
}

const FORMATS: Readonly<Record<string, (plan: Plan) => string>> = {
  text: formatPlan,
  json: planJson,
  html: planHtml,
}

/** Shows what applying an overlay would do. Exits 1 when the server refuses a step. */
export async function planCommand(
  context: CommandContext,
  { shell, format, report = [], ...flags }: PlanFlags,
  name: string,
): Promise<number> {
  const { terminal } = context
  const reports = splitReports(report).map(({ format: wanted, file }) => ({ write: formatOf(wanted), file }))
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const live = flags.live ?? flags.context !== undefined
  const plan = await workspace
    .plan(name, { ...flags, live, onProgress: progress.onProgress })
    .finally(() => progress.stop())
  for (const { write, file } of reports)
    await writeTo(resolve(file), write(plan), { guarded: workspace.guarded, shown: file })
  const print = formatOf(format ?? (terminal.json ? 'json' : 'text'))
  if (shell) terminal.stdout.write(planScript(plan, `rendered/${plan.title}/manifests.yaml`, STUB_PATTERN))
  else if (print === formatPlan) terminal.stdout.say(formatPlan(plan))
  else terminal.stdout.write(print(plan))
  const replace = replaceNames(plan)
  if (!shell && print === formatPlan && replace.length > 0 && !terminal.quiet) {
    const where = flags.context === undefined ? (live ? ['--live'] : []) : ['--context', flags.context]
    const words = ['plan', name, ...where, ...replace.flatMap((one) => ['--replace', one])]
    terminal.stdout.say(`To replace: ${commandLine(context.folder, words)}\n`)
  }
  return plan.findings.some(({ severity }) => severity === 'error') ? ExitStatus.difference : ExitStatus.fine
}

/** The objects that have to be replaced and are not named yet. */
function replaceNames({ findings }: Plan): string[] {
  return findings.flatMap(({ rule, severity, id }) =>
    rule === 'must-be-replaced' && severity === 'error' && id !== undefined ? (namesOf(id).at(-1) ?? []) : [],
  )
}

function formatOf(name: string): (plan: Plan) => string {
  const found = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined
  if (found !== undefined) return found
  throw new Fault({
    code: 'format-unknown',
    message: `a plan cannot be shown as ${JSON.stringify(name)}`,
    hint: `the formats are ${Object.keys(FORMATS).join(', ')}`,
  })
}
