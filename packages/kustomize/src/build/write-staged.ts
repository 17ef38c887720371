import { withWriteFault } from '@overlay-render/system'

/**
 * Runs `work`, which writes to the private copy of an overlay's inputs or beside it.
 *
 * @throws SystemFault `disk-full` or `not-writable`
 */
export function writeStaged<Result>(work: () => Result): Result {
  return withWriteFault('the stage in the temporary folder', work)
}
