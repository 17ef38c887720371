import type { FailedEntry } from '@overlay-render/golden'
import { Fault, formatPosition, placeData, printable, renderCaret } from '@overlay-render/system'

import { ExitStatus } from './exit-status.ts'
import type { FaultJson } from './json/error.ts'
import type { ErrorJson, OverlayErrorJson } from './json/shared.ts'
import { plainJson } from './plain-json.ts'
import { printJsonLine } from './print-json.ts'
import { paint, type Terminal } from './terminal.ts'

/** Prints an error on stderr, and returns its exit status. */
export function printFault(error: unknown, terminal: Terminal): number {
  if (!(error instanceof Fault)) return printCrash(error, terminal)
  if (terminal.json) {
    printJsonLine<FaultJson>(terminal.stdout, { error: faultJson(error) })
  } else {
    printOne(error, terminal)
  }
  return statusOf(error)
}

/** An overlay that could not be rendered, and why. */
export interface FailedRender {
  readonly overlay: string
  readonly fault: Fault
}

/** Faults as the `errors` of a JSON value; empty when there are none. */
export function faultsJson(failed: readonly FailedRender[]): { errors?: OverlayErrorJson[] } {
  return failed.length === 0
    ? {}
    : { errors: failed.map(({ overlay, fault }) => ({ overlay, ...faultJson(fault) })) }
}

/** A failed overlay as an entry of a report. */
export function failedEntry(title: string, fault: Fault, problem: string = fault.message): FailedEntry {
  return { title, problem, error: plainJson(faultJson(fault)) }
}

/** Prints the faults of several overlays, each under its name, and returns the exit status for all of them. */
export function printFaults(failed: readonly FailedRender[], terminal: Terminal): number {
  for (const { overlays, fault } of groupByText(failed)) {
    terminal.stderr.say(`${paint(terminal, 'bold', overlays.join(', '))}\n`)
    printOne(fault, terminal)
  }
  return worstStatus(failed)
}

/** Groups equal faults, such as a missing kustomize, so that each is shown once. */
function groupByText(
  failed: readonly FailedRender[],
): { readonly overlays: readonly string[]; readonly fault: Fault }[] {
  const groups = new Map<string, { overlays: string[]; fault: Fault }>()
  for (const { overlay, fault } of failed) {
    const text = JSON.stringify(faultJson(fault))
    const group = groups.get(text) ?? { overlays: [], fault }
    groups.set(text, group)
    group.overlays.push(overlay)
  }
  return [...groups.values()]
}

/** Prints the overlays that failed, after those that were `done`, such as `rendered`. With `--json` they are already in the JSON value. */
export function sayFailures(
  failed: readonly FailedRender[],
  { done, count }: { readonly done: string; readonly count: number },
  terminal: Terminal,
): number {
  if (terminal.json) return worstStatus(failed)
  const status = printFaults(failed, terminal)
  if (count > 1) {
    const names = failed.map(({ overlay }) => overlay).join(', ')
    terminal.stderr.say(
      `${count - failed.length} of ${count} overlays were ${done}; these were not: ${names}\n`,
    )
  }
  return status
}

/** The exit status for several faults: the highest one. */
export function worstStatus(failed: readonly { readonly fault: Fault }[]): number {
  return Math.max(...failed.map(({ fault }) => statusOf(fault)))
}

/** The flags for what a hint of the library recommends, by fault code. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  ['workspace-not-found', '-C DIR names it'],
  ['plan-refused', '--replace KIND/NAME'],
  ['plan-invalid', 'plan OVERLAY --live --secrets real --report json=FILE'],
  ['part-invalid', 'review --shard I/N --report part=FILE'],
])

function hintOf({ code, hint }: Fault): string | undefined {
  const flag = FLAGS.get(code)
  return hint === undefined || flag === undefined ? hint : `${hint} (${flag})`
}

/** The indent of all lines of a fault except the first. */
const INDENT = '  '

/** Prints a fault: its position and message, the caret, details, and the hint. */
function printOne(fault: Fault, terminal: Terminal): void {
  const { stderr } = terminal
  const place = fault.position === undefined ? '' : `${formatPosition(fault.position)}: `
  stderr.say(`${paint(terminal, 'red', 'error')}: ${printable(place + fault.sentence)}\n`)
  // The excerpt is not wrapped, since the caret has to point to its column.
  stderr.write(caretLines(fault, stderr.width))
  const hint = hintOf(fault)
  const lines = [
    ...fault.details.map(printable),
    ...(hint === undefined ? [] : [`${paint(terminal, 'cyan', 'hint')}: ${printable(hint)}`]),
  ]
  stderr.say(lines.map((line) => `${INDENT}${line}\n`).join(''))
  if (terminal.verbose) stderr.write(verboseLines(fault))
}

function caretLines({ position, source }: Fault, width: number): string {
  if (position === undefined || source === undefined) return ''
  const caret = renderCaret(source, position, 1, width - INDENT.length)
  return caret === '' ? '' : `${caret.replaceAll(/^/gmu, INDENT)}\n`
}

function verboseLines({ verbose, stack, blame }: Fault): string {
  const said = verbose === undefined ? [] : verbose.trimEnd().split('\n')
  const lines = said.map((line) => `${INDENT}| ${line}\n`).join('')
  return stack !== undefined && blame === 'program' ? `${lines}${stack}\n` : lines
}

function statusOf({ blame }: Fault): number {
  return blame === 'input' ? ExitStatus.badInput : ExitStatus.fault
}

/** A fault as data: code, message, position, hint, details; what it lacks is absent. */
export function faultJson(fault: Fault): ErrorJson {
  const hint = hintOf(fault)
  return {
    code: fault.code,
    message: fault.sentence,
    ...placeData(fault.position),
    ...(hint === undefined ? {} : { hint }),
    ...(fault.details.length > 0 ? { details: fault.details } : {}),
  }
}

/** The code of the `error` for a bug of this program. */
const CRASH = 'crash'
const REPORT_IT = 'this is a bug in overlay-render; run again with --verbose and report the output'

function printCrash(error: unknown, terminal: Terminal): number {
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const sentence = `the program failed: ${message}`
  if (terminal.json) {
    printJsonLine<FaultJson>(terminal.stdout, { error: { code: CRASH, message: sentence, hint: REPORT_IT } })
  } else terminal.stderr.say(`error: ${sentence}\n`)
  if (terminal.verbose && error instanceof Error) terminal.stderr.say(`${error.stack ?? ''}\n`)
  else if (!terminal.json) terminal.stderr.say(`  hint: ${REPORT_IT}\n`)
  return ExitStatus.fault
}
