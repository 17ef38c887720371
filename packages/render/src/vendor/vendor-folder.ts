import { join } from 'node:path'

/** The folder of vendored copies, in the workspace. */
export const VENDOR_FOLDER = 'vendor'

/** The absolute path of the folder of vendored copies. */
export function vendorFolderOf(workspace: string): string {
  return join(workspace, VENDOR_FOLDER)
}
