/** A step of a render, in their order; then what is asked of a cluster. */
export type StepName = 'stage' | 'patch' | 'template' | 'edit' | 'build' | 'compare' | 'ask'

/** Several overlays that are worked on one after another or at the same time. */
export interface Batch {
  readonly finished: number
  readonly all: number
}

/** Told at the start of each step and at the end, so that a caller can show what is going on. */
export interface Progress {
  readonly overlay: string
  readonly step: StepName | 'done'
  /** How far all of them are, where the overlay is one of several. */
  readonly batch?: Batch | undefined
}

export type OnProgress = (progress: Progress) => void

/** What every long call takes. */
export interface CallOptions {
  /** Stops the work: processes are killed, nothing half written is left. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: OnProgress | undefined
}
