import { SystemFault, writeFault } from '../system-fault.ts'
import { atPlace, type OutputOptions } from './output-path.ts'

/**
 * Makes the folder that outputs go into, where it is missing, and says where it really is. Guard that path too when its
 * content may be a stranger's.
 *
 * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`
 */
export function makeOutputFolder(path: string, { guarded, shown = path }: OutputOptions): string {
  try {
    return atPlace(path, { guarded, shown, make: 0o777 }, ({ folder, name }) => {
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
