import { KustomizeFault } from '../kustomize-fault.ts'
import { hasBehaviour } from '../versions/behaviours.ts'

/**
 * Finds lines of an env file whose value kustomize 4 reads from the environment. Such a build is not reproducible, so it is
 * an error. Since 5.0 a line without `=` has an empty value. Lines are never shown, because they may be secret.
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
  'kustomize 4, 5.0, 5.1, and 5.7 or later accept it; or remove the patch from the kustomization'

/** Empty patches that kustomize 5.2 to 5.6 read as both kinds of patches. */
const EMPTY_PATCH = /^\uFEFF?(?:\s|#.*|---|\[\s*\]|null|~)+$/u

/** Checks for an empty patch with a target, which some versions reject. */
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
