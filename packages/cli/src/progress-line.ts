import type { Batch, OnProgress } from '@overlay-render/render'

import type { Terminal } from './terminal.ts'

/** Milliseconds after which somebody who watches should see that it works. */
const PATIENCE = { terminal: 150, elsewhere: 1000 } as const
/** Milliseconds between two looks at the clock. */
const BEAT = 150
/** Lines of a terminal, the last one aside; what runs beyond is counted. */
const MAX_LINES = 12

export interface ProgressLine {
  readonly onProgress: OnProgress
  /** Takes the lines away. */
  stop(): void
}

interface Running {
  readonly step: string
  /** When the overlay was begun. */
  readonly since: number
}

/** What stops the progress that a terminal shows: lines of two would be drawn over one another. */
const shown = new WeakMap<Terminal, () => void>()

/**
 * Shows on stderr what is being done, once it takes a while: on a terminal one line for each overlay that is rendered at the moment, drawn over
 * until all are done; elsewhere a plain line for each overlay. Silent with --quiet and --json. It stops the one before on this terminal.
 */
export function startProgress(terminal: Terminal): ProgressLine {
  if (terminal.quiet || terminal.json) return { onProgress: () => undefined, stop: () => undefined }
  shown.get(terminal)?.()
  const show = terminal.interactive ? drawLines(terminal) : sayLines(terminal)
  const patience = terminal.interactive ? PATIENCE.terminal : PATIENCE.elsewhere
  // Who looks on has waited since the process started: the program and the workspace were read.
  const started = terminal.interactive ? 0 : performance.now()
  const running = new Map<string, Running>()
  let batch: Batch | undefined
  let hasBegun = false
  const draw = (): void => {
    if (hasBegun && running.size === 0) return
    if (performance.now() - started >= patience) show(running, batch)
  }
  const timer = setInterval(draw, BEAT)
  timer.unref()
  draw()
  const stop = (): void => {
    clearInterval(timer)
    if (terminal.interactive) terminal.stderr.drawOver([])
  }
  shown.set(terminal, stop)
  return {
    onProgress(progress) {
      const { overlay, step } = progress
      batch = progress.batch
      hasBegun = true
      if (step === 'done') running.delete(overlay)
      else running.set(overlay, { step, since: running.get(overlay)?.since ?? performance.now() })
      draw()
    },
    stop,
  }
}

type Show = (running: ReadonlyMap<string, Running>, batch: Batch | undefined) => void

function drawLines({ stderr }: Terminal): Show {
  return (running, batch) => {
    const most = Math.max(1, Math.min(MAX_LINES, stderr.rows - 2))
    const lines = [...running].slice(0, most).map(([overlay, { step, since }]) => {
      const seconds = Math.round((performance.now() - since) / 1000)
      return `${overlay}: ${step} … ${seconds} s`
    })
    const more = running.size > most ? `, ${running.size - most} more running` : ''
    const last = batch === undefined ? [] : [`${countOf(batch)} done${more}`]
    const all = [...lines, ...last]
    stderr.drawOver(all.length > 0 ? all : ['reading the workspace …'])
  }
}

function sayLines({ stderr }: Terminal): Show {
  const said = new Set<string>()
  return (running, batch) => {
    for (const [overlay, { step }] of running) {
      if (said.has(overlay)) continue
      said.add(overlay)
      stderr.say(`${batch === undefined ? '' : `${countOf(batch)} done, `}${overlay}: ${step} …\n`)
    }
  }
}

function countOf({ finished, all }: Batch): string {
  return `${finished} of ${all}`
}
