import { writeSync } from 'node:fs'

import {
  doesSomething,
  type Plan,
  type PlanStep,
  rolloutLines,
  stateLines,
  type WaitedRollout,
} from '@overlay-render/cluster'
import { formatId } from '@overlay-render/golden'
import { holdSignals, printable } from '@overlay-render/system'

import type { Terminal } from './terminal.ts'

/** Reports the progress of an apply, and how far it came when the process is ended in the middle. */
export class ApplyJournal {
  readonly #terminal: Terminal
  readonly #done: PlanStep[] = []
  #steps: readonly PlanStep[] = []
  #rollouts: readonly PlanStep[] = []
  #now: PlanStep | undefined
  #left: readonly WaitedRollout[] = []
  #release = (): void => undefined
  readonly #onExit = (): void => {
    const rollouts = rolloutLines(
      this.#rollouts,
      this.#left.map(({ step }) => step),
    )
    const lines = [...stateLines(this.#done, this.#steps), ...rollouts].map((line) => `  ${printable(line)}`)
    const now =
      this.#now === undefined ? [] : [`  ${printable(formatId(this.#now.id))} may have been sent already`]
    const text = ['interrupted:', ...lines, ...now, 'Running it again continues there.', ''].join('\n')
    // Synchronous, since the process ends now.
    writeSync(2, text)
  }

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** Call when the first step runs. */
  start({ steps }: Plan): void {
    this.#steps = steps.filter(doesSomething)
    process.once('exit', this.#onExit)
    this.#release = holdSignals()
  }

  /** Call when the apply has ended; nothing more is reported. */
  end(): void {
    process.off('exit', this.#onExit)
    this.#release()
    this.#draw([])
  }

  /** Call before each step. */
  onStep(step: PlanStep): void {
    if (this.#now !== undefined) this.#done.push(this.#now)
    this.#now = step
    this.#say(`${this.#done.length + 1}/${this.#steps.length} ${step.action} ${formatId(step.id)}`)
  }

  /** Reports the rollouts that are left: a line for each that changed, or on a terminal one line for all that is redrawn. */
  onWait(left: readonly WaitedRollout[]): void {
    if (this.#now !== undefined) this.#done.push(this.#now)
    this.#now = undefined
    const before = this.#left
    if (this.#rollouts.length === 0) this.#rollouts = left.map(({ step }) => step)
    this.#left = left
    if (this.#terminal.interactive) this.#draw(left)
    const known = new Map(before.map(({ step, words }) => [step, words]))
    for (const { step } of before)
      if (left.every((one) => one.step !== step)) this.#say(`rolled out ${formatId(step.id)}`)
    if (this.#terminal.interactive) return
    for (const { step, words } of left)
      if (known.get(step) !== words) this.#say(`waiting for the rollout of ${formatId(step.id)}: ${words}`)
  }

  #draw([first, ...others]: readonly WaitedRollout[]): void {
    if (this.#terminal.quiet || this.#terminal.json) return
    const more = others.length === 0 ? '' : `, and ${others.length} more`
    const line = `waiting for the rollout of ${first === undefined ? '' : `${formatId(first.step.id)}: ${first.words}`}${more}`
    this.#terminal.stderr.drawOver(first === undefined ? [] : [line])
  }

  #say(line: string): void {
    if (this.#terminal.quiet || this.#terminal.json) return
    this.#terminal.stderr.say(`${line}\n`)
  }
}
