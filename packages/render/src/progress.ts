/** The steps of a render in their order, then those with a cluster. */
export type StepName = 'stage' | 'patch' | 'template' | 'edit' | 'build' | 'compare' | 'ask'

/** The progress over several overlays. */
export interface Batch {
  readonly finished: number
  readonly all: number
}

/** Reported at the start of each step and at the end. */
export interface Progress {
  readonly overlay: string
  readonly step: StepName | 'done'
  /** The progress over all overlays, if the call works on several. */
  readonly batch?: Batch | undefined
}

/** Called with the progress of a long call. */
export type OnProgress = (progress: Progress) => void

/** The options of every long call. */
export interface CallOptions {
  /** Cancels the work: processes are killed, and no partly written file is left. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: OnProgress | undefined
}
