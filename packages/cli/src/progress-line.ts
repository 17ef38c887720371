import type { OnProgress } from '@overlay-render/render'

import type { Terminal } from './terminal.ts'

/** Milliseconds of work after which somebody who watches should see that it goes on. */
const PATIENCE = 1000

export interface ProgressLine {
  readonly onProgress: OnProgress
  /** Takes the line away. */
  stop(): void
}

/**
 * Shows on stderr what is being done, once it has taken a second: as one line that is drawn over on a
 * terminal, as a plain line an overlay elsewhere. Silent with --quiet and --json.
 */
export function startProgress(terminal: Terminal): ProgressLine {
  if (terminal.quiet || terminal.json) return { onProgress: () => undefined, stop: () => undefined }
  const started = performance.now()
  const steps = new Map<string, string>()
  const announced = new Set<string>()
  let drawn = false
  const draw = (): void => {
    if (performance.now() - started < PATIENCE || steps.size === 0) return
    if (terminal.interactive) {
      const seconds = Math.round((performance.now() - started) / 1000)
      const text = [...steps].map(([overlay, step]) => `${overlay}: ${step}`).join(', ')
      terminal.stderr.drawOver(`${text} … ${seconds} s`)
      drawn = true
      return
    }
    for (const [overlay, step] of steps) {
      if (announced.has(overlay)) continue
      announced.add(overlay)
      terminal.stderr.write(`${overlay}: ${step} …\n`)
    }
  }
  const timer = setInterval(draw, 200)
  timer.unref()
  return {
    onProgress({ overlay, step }) {
      if (step === 'done') steps.delete(overlay)
      else steps.set(overlay, step)
      draw()
    },
    stop() {
      clearInterval(timer)
      if (drawn) terminal.stderr.drawOver('')
    },
  }
}
