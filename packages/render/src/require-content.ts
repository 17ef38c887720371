import { isEncrypted, lfsDigest } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'

/**
 * Refuses bytes that git keeps instead of a file's content.
 *
 * @param shown the path in messages
 * @param commit the commit that the file is of; undefined for the work tree
 * @throws RenderFault `content-missing`
 */
export function requireContent(bytes: Uint8Array, shown: string, commit: string | undefined): Uint8Array {
  if (lfsDigest(bytes) !== undefined) {
    const command = commit === undefined ? 'git lfs pull' : `git lfs fetch origin ${commit.slice(0, 12)}`
    throw new RenderFault({
      code: 'content-missing',
      message: `${shown} is a pointer of git LFS, and not the content`,
      hint: `fetch it: ${command}`,
    })
  }
  if (isEncrypted(bytes)) {
    throw new RenderFault({
      code: 'content-missing',
      message: `${shown} is encrypted by git-crypt`,
      hint:
        commit === undefined
          ? 'run: git-crypt unlock; if it is a secret, name it in secrets.files: stub secrets are then used'
          : 'git has only the encrypted content of a revision; name the file in secrets.files, and it is not read with stub secrets',
    })
  }
  return bytes
}
