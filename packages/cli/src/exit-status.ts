/** The exit statuses of the command. */
export const ExitStatus = {
  fine: 0,
  /** A difference, or a finding. */
  difference: 1,
  /** Bad input or usage. */
  badInput: 2,
  /** A fault of the program or of the machine. */
  fault: 3,
} as const
