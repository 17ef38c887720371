/** Options of a report of jobs. */
export interface JobsReportOptions {
  /** Whether to colour text for a terminal. */
  readonly colour?: boolean | undefined
}
