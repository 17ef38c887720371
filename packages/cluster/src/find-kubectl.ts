import { realpathSync } from 'node:fs'
import { delimiter, isAbsolute } from 'node:path'

import { findProgram, isWithin } from '@overlay-render/system'

import { ClusterFault } from './cluster-fault.ts'

/**
 * The environment for kubectl and its credential plugins: the user's, without the folders of PATH that are in the tree, such as
 * `node_modules/.bin`: whoever wrote the tree could have put programs there.
 *
 * @throws ClusterFault `kubeconfig-relative`: a relative path would name another file in each folder
 */
export function safeEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  guarded: readonly string[],
): Record<string, string> {
  const relative = listed(environment['KUBECONFIG']).find((file) => !isAbsolute(file))
  if (relative !== undefined) {
    throw new ClusterFault({
      code: 'kubeconfig-relative',
      message: `KUBECONFIG names ${relative}, which is a different file in each folder`,
      hint: 'give it an absolute path',
    })
  }
  const safe: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) continue
    safe[name] = /^path$/iu.test(name) ? safePath(value, guarded) : value
  }
  return safe
}

function safePath(path: string, guarded: readonly string[]): string {
  const isSafe = (folder: string): boolean =>
    isAbsolute(folder) && !guarded.some((place) => isWithin(realPathOf(folder), place))
  return listed(path).filter(isSafe).join(delimiter)
}

function listed(text = ''): string[] {
  return text.split(delimiter).filter((entry) => entry !== '')
}

function realPathOf(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder // A folder that does not exist has no programs.
  }
}

/** The first kubectl on PATH, as an absolute path. */
export async function findKubectl(environment: Readonly<Record<string, string>>): Promise<string> {
  const [file] = await findProgram('kubectl', environment)
  if (file !== undefined) return file
  throw new ClusterFault({
    code: 'program-missing',
    message: 'kubectl is not on PATH',
    hint: 'install kubectl outside of the tree: all access to clusters goes through it',
  })
}
