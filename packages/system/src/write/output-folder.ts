import { SystemFault, writeFault } from '../system-fault.ts'
import { withOutputTarget, type OutputOptions } from './output-path.ts'

/**
 * Creates the output folder if it is missing, and returns its real path. Add that path to `guarded` if strangers may have
 * written its content.
 *
 * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`
 */
export function makeOutputFolder(path: string, { guarded, shown = path }: OutputOptions): string {
  try {
    return withOutputTarget(path, { guarded, shown, make: 0o777 }, ({ folder, name }) => {
      if (folder.look(name) === undefined) folder.make(name, 0o777)
      const entered = folder.enter(name)
      try {
        return entered.real
      } finally {
        entered.close()
      }
    })
  } catch (error) {
    throw error instanceof SystemFault ? error : writeFault(error, shown)
  }
}
