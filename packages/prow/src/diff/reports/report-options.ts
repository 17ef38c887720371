/** How a report of jobs is written. */
export interface JobsReportOptions {
  /** Whether to colour text for a terminal. */
  readonly colour?: boolean | undefined
}
