import type { Batch, OnProgress } from '@overlay-render/render'

import type { Terminal } from './terminal.ts'

/** Milliseconds of work after which progress is shown. */
const DELAY = { terminal: 150, elsewhere: 1000 } as const
/** Milliseconds between updates of the elapsed time. */
const BEAT = 150
/** Most lines on a terminal, besides the last one; further overlays are counted. */
const MAX_LINES = 12

/** The progress of a long call on stderr. */
export interface ProgressLine {
  readonly onProgress: OnProgress
  /** Removes the lines. */
  stop(): void
}

interface Running {
  readonly step: string
  /** When its work started. */
  readonly since: number
}

/** How to stop the progress that a terminal shows: the lines of two would overwrite each other. */
const shown = new WeakMap<Terminal, () => void>()

/**
 * Shows progress on stderr once the work takes a while: on a terminal one line for each running overlay, redrawn until all are
 * done; elsewhere one line for each overlay. Silent with --quiet and --json. It stops earlier progress on the same terminal.
 */
export function startProgress(terminal: Terminal): ProgressLine {
  if (terminal.quiet || terminal.json) return { onProgress: () => undefined, stop: () => undefined }
  shown.get(terminal)?.()
  const show = terminal.interactive ? drawLines(terminal) : sayLines(terminal)
  const delay = terminal.interactive ? DELAY.terminal : DELAY.elsewhere
  // On a terminal the time since the start of the process counts, since the user has waited for the program to load, too.
  const started = terminal.interactive ? 0 : performance.now()
  const running = new Map<string, Running>()
  let batch: Batch | undefined
  let hasBegun = false
  const draw = (): void => {
    if (hasBegun && running.size === 0) return
    if (performance.now() - started >= delay) show(running, batch)
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
