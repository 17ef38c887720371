import type { UrlChange } from '@overlay-render/render'
import { alignTable, Fault } from '@overlay-render/system'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import type { VendorCheckJson } from '../json/vendor-check.ts'
import type { VendorUpdateJson } from '../json/vendor-update.ts'
import type { VendorJson } from '../json/vendor.ts'
import { printJson } from '../print-json.ts'
import { faultJson } from '../print-fault.ts'
import { startProgress } from '../progress-line.ts'
import { screenReport } from '../reports.ts'
import { printOutcomes } from '../vendor-outcomes.ts'

/** Fetches remotes into `vendor/`; `update` fetches them again, `check` reports copies and remotes that no longer match the lock file. */
export async function vendorCommand(
  context: CommandContext,
  action: string | undefined,
  change: string | undefined,
): Promise<number> {
  if (action === undefined) return fetchNew(context)
  if (action === 'update') return update(context, change === undefined ? undefined : readChange(change))
  if (action === 'check' && change === undefined) return check(context)
  throw usage(`vendor ${action}${change === undefined ? '' : ` ${change}`} is not a command`)
}

async function fetchNew(context: CommandContext): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const outcomes = await workspace.vendor(progress).finally(() => progress.stop())
  if (terminal.json) {
    printJson<VendorJson>(terminal.stdout, { remotes: outcomes })
  } else printOutcomes(context, outcomes)
  return ExitStatus.fine
}

async function update(context: CommandContext, change: UrlChange | undefined): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const { outcomes, edited, overlays } = await workspace
    .updateVendored({ ...progress, change })
    .finally(() => progress.stop())
  const failed = overlays.flatMap((one) => ('fault' in one ? [one] : []))
  const diffs = overlays.flatMap((one) => ('diff' in one && one.diff.resources.length > 0 ? [one] : []))
  const status = failed.length > 0 ? ExitStatus.difference : ExitStatus.fine
  if (terminal.json) {
    const changes = overlays.map((one) =>
      'fault' in one
        ? { overlay: one.overlay, error: faultJson(one.fault) }
        : { overlay: one.overlay, changed: one.diff.resources.length },
    )
    printJson<VendorUpdateJson>(terminal.stdout, { remotes: outcomes, edited, overlays: changes })
    return status
  }
  printOutcomes(context, outcomes)
  for (const file of edited) terminal.stdout.say(`${file} names the new URL.\n`)
  const entries = diffs.map(({ overlay, diff }) => ({ title: overlay, diff, sameCluster: true }))
  if (entries.length > 0) terminal.stdout.write(screenReport(entries, terminal, 'text'))
  else if (failed.length === 0) terminal.stdout.say('The renders do not change.\n')
  for (const { overlay, fault } of failed) terminal.stdout.say(`${overlay}: ${fault.message}\n`)
  return status
}

async function check(context: CommandContext): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const findings = await workspace.checkVendored(progress).finally(() => progress.stop())
  if (terminal.json) {
    printJson<VendorCheckJson>(terminal.stdout, { findings })
  } else {
    const rows = findings.map(({ problem, url, detail }) => [problem, url, detail])
    for (const line of alignTable(rows, terminal.width)) terminal.stdout.say(`${line}\n`)
    if (findings.length === 0 && !terminal.quiet) {
      terminal.stdout.say('Every vendored copy matches its remote.\n')
    }
  }
  return findings.length > 0 ? ExitStatus.difference : ExitStatus.fine
}

/** Parses `URL=NEW`. A URL may hold an equals sign in its query, so the right one is the one before a URL. */
function readChange(text: string): UrlChange {
  const [, from, to] = /^(.+?)=((?:git::)?(?:https:|github\.com).*)$/u.exec(text) ?? []
  if (from === undefined || to === undefined) throw usage(`${text} is not URL=NEW`)
  return { from, to }
}

function usage(message: string): Fault {
  return new Fault({ code: 'usage', message, hint: 'use vendor, vendor update [URL=NEW] or vendor check' })
}
