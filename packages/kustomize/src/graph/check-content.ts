import { KustomizeFault } from '../kustomize-fault.ts'
import { hasBehaviour } from '../versions/behaviours.ts'

/**
 * Lines of an env file that kustomize 4 would fill from the environment of whoever builds. Such a build is not the same on
 * two machines, so it is refused. From 5.0 on a line without `=` is an empty value. A line is never shown: it may be a secret.
 */
export function checkEnvFile(text: string, file: string, version: string): KustomizeFault[] {
  if (!hasBehaviour(version, 'env-file-reads-environment')) return []
  return text.split('\n').flatMap((line, index) => {
    const content = line.replace(/^\uFEFF/u, '').trimStart()
    if (content === '' || content.startsWith('#') || content.includes('=')) return []
    return new KustomizeFault({
      code: 'environment-read',
      message: `this line has no "=", so kustomize ${version} would take the value from the environment`,
      hint: 'write NAME=value',
      position: { file, line: index + 1, column: 1 },
    })
  })
}

export const EMPTY_PATCH_HINT =
  'kustomize 4, 5.0, 5.1, and 5.7 or later accept it; or leave the patch out of the kustomization'

/** The forms of an empty patch that kustomize 5.2 to 5.6 take for two kinds of patch at once. */
const EMPTY_PATCH = /^\uFEFF?(?:\s|#.*|---|\[\s*\]|null|~)+$/u

/** A patch with a target whose file is an empty list of operations: not every version takes it. */
export function checkPatchFile(text: string, file: string, version: string): KustomizeFault[] {
  if (!hasBehaviour(version, 'empty-patch-refused') || !EMPTY_PATCH.test(text)) return []
  const isList = text.includes('[')
  return [
    new KustomizeFault({
      code: 'patch-empty',
      message: `${isList ? 'an empty list of operations' : 'an empty patch'} is refused by kustomize 5.2 to 5.6, and ${version} is pinned`,
      hint: EMPTY_PATCH_HINT,
      position: { file, line: 1, column: 1 },
    }),
  ]
}
