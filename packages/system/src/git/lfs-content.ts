import { join } from 'node:path'

import { errnoOf } from '../system-fault.ts'
import { digestOf } from '../tree/observation.ts'
import { diskView } from '../tree/disk-view.ts'

/** A pointer of git LFS is a small text of this form (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
const POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\nsize \d+\n$/u
const MAX_POINTER = 1024
const POINTER_START = 'version https://git-lfs'

/** The sha256, in hex, of the content that a pointer of git LFS is for; undefined for other bytes. */
export function lfsDigest(bytes: Uint8Array): string | undefined {
  if (bytes.byteLength >= MAX_POINTER) return undefined
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return text.toString('latin1', 0, POINTER_START.length) === POINTER_START
    ? POINTER.exec(text.toString('utf8'))?.[1]
    : undefined
}

/**
 * The content that git LFS keeps in the repository; undefined when it has not fetched it. No program runs.
 *
 * @param gitFolder the folder of the repository, also of a linked worktree
 * @param digest a sha256 in hex
 */
export function lfsContent(gitFolder: string, digest: string): Uint8Array | undefined {
  const place = join('lfs/objects', digest.slice(0, 2), digest.slice(2, 4), digest)
  for (const folder of [gitFolder, join(gitFolder, '../..')]) {
    try {
      const content = diskView.readFile(join(folder, place))
      if (digestOf(content) === digest) return content
    } catch (error) {
      if (errnoOf(error) === undefined) throw error
    }
  }
  return undefined
}

/** Whether the bytes are a file that git-crypt encrypted. */
export function isEncrypted(bytes: Uint8Array): boolean {
  return (
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 10)).toString('latin1') ===
    ENCRYPTED
  )
}

const ENCRYPTED = '\0GITCRYPT\0'
