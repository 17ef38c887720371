import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import { diskView, LinkFollower } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'
import { CONFIG_FILE } from './workspace-config.ts'

/**
 * The real path of the folder itself, or of the nearest parent folder with a configuration file.
 *
 * @throws RenderFault `workspace-not-found`
 */
export async function findWorkspace(folder: string): Promise<string> {
  const start = resolve(folder)
  if (!isFolder(start)) {
    throw new RenderFault({
      code: 'workspace-not-found',
      message: `${folder} is not a folder`,
      hint: 'name the folder of overlay-render.yaml, or of overlays/',
    })
  }
  const real = await realpath(start)
  if (existsSync(join(real, CONFIG_FILE)) || isFolder(join(real, 'overlays'))) return real
  for (let above = dirname(real); ; above = dirname(above)) {
    if (existsSync(join(above, CONFIG_FILE))) return above
    if (above === dirname(above)) break
  }
  throw new RenderFault({
    code: 'workspace-not-found',
    message: `there is no workspace at ${folder}: neither ${CONFIG_FILE} nor an overlays/ folder was found`,
    hint: `name the folder of a workspace, or describe this one in an ${CONFIG_FILE}`,
  })
}

function isFolder(path: string): boolean {
  return new LinkFollower(diskView).isFolder(path)
}
