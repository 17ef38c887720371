import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'

import {
  type Applied,
  doesSomething,
  formatPlan,
  type Plan,
  readSavedPlan,
  resourceData,
  type SavedPlan,
} from '@overlay-render/cluster'
import { Fault, printable, readBytes } from '@overlay-render/system'

import { ApplyJournal } from '../apply-journal.ts'
import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { ApplyJson } from '../json/apply.ts'
import { printJson } from '../print-json.ts'
import { startProgress } from '../progress-line.ts'
import type { Terminal } from '../terminal.ts'

/** The flags of `apply`. */
export interface ApplyFlags {
  readonly context?: string
  readonly plan?: string
  readonly prune?: boolean
  readonly replace?: readonly string[]
  readonly yes?: boolean
  readonly wait?: boolean
  /** Milliseconds. */
  readonly timeout?: number
}

/** Applies an overlay to its cluster: exactly the plan that it shows. */
export async function applyCommand(
  context: CommandContext,
  { plan: file, yes = false, timeout, ...flags }: ApplyFlags,
  name: string,
): Promise<number> {
  const { terminal } = context
  if (!yes) requireTerminal()
  const saved = file === undefined ? undefined : await readPlan(file)
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const journal = new ApplyJournal(terminal)
  const { plan, applied } = await workspace
    .apply(name, {
      ...flags,
      saved,
      onProgress: progress.onProgress,
      confirm: async (made) => {
        progress.stop()
        if (!terminal.quiet && !terminal.json) terminal.stdout.say(formatPlan(made))
        if (made.steps.every((step) => !doesSomething(step) && !step.waits)) return true
        if (!yes && !(await ask(made))) return false
        journal.start(made)
        return true
      },
      timeout,
      onStep: (step) => journal.onStep(step),
      onWait: (left) => journal.onWait(left),
    })
    .finally(() => {
      progress.stop()
      journal.end()
    })
  printApplied(plan, applied, terminal)
  return applied === undefined ? ExitStatus.difference : ExitStatus.fine
}

/** Also of a terminal that cannot redraw lines. */
function requireTerminal(): void {
  if (process.stderr.isTTY && process.stdin.isTTY) return
  throw new Fault({
    code: 'not-confirmed',
    message: 'apply needs a terminal to ask for confirmation, and nothing was done',
    hint: 'review the plan, then add --yes',
  })
}

async function readPlan(file: string): Promise<SavedPlan> {
  return readSavedPlan(Buffer.from(await readBytes(resolve(file), file)).toString(), file)
}

function printApplied(plan: Plan, applied: Applied | undefined, terminal: Terminal): void {
  const { done = [], waitedFor = [] } = applied ?? {}
  if (terminal.json) {
    printJson<ApplyJson>(terminal.stdout, {
      overlay: plan.title,
      context: plan.context,
      confirmed: applied !== undefined,
      done: done.map(({ action, id }) => ({ action, resource: resourceData(id) })),
      waitedFor: waitedFor.map(({ id }) => resourceData(id)),
    })
  } else if (terminal.quiet) return
  else if (applied === undefined) terminal.stderr.say('Nothing was done.\n')
  else if (done.length + waitedFor.length > 0)
    terminal.stdout.say(`Applied: ${done.length} steps done, ${waitedFor.length} rollouts ended.\n`)
}

async function ask({ title, context }: Plan): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question(printable(`Apply ${title} to ${context ?? ''}? Type yes: `))
    return answer.trim().toLowerCase() === 'yes'
  } finally {
    terminal.close()
  }
}
