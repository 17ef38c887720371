import { realpathSync } from 'node:fs'
import type { KeyObject } from 'node:crypto'

import { cryptography, isWithin, readBytes } from '@overlay-render/system'

import { RenderFault } from '../../render-fault.ts'

/** An Ed25519 key. The private half signs entries of the remote cache, the public half verifies them. */
export interface CacheKey {
  /** The public key in hex: the same for both halves, and part of the address of each entry. */
  readonly name: string
  readonly canSign: boolean
  /** Whether the file is in one of the trees, where a commit could have written it. */
  isIn(trees: readonly string[]): boolean
  /** @throws TypeError without the private key */
  sign(text: string): Buffer
  isSigned(text: string, signature: Uint8Array): boolean
}

/**
 * Reads a private or a public key from a PEM file, as `openssl genpkey -algorithm ed25519` writes it.
 *
 * @throws SystemFault when the file cannot be read; RenderFault `remote-cache-invalid` when it holds no such key
 */
export async function readCacheKey(file: string): Promise<CacheKey> {
  const pem = await readBytes(file)
  const real = realpathSync(file)
  const { createPublicKey, sign, verify } = cryptography()
  const secret = privateKeyIn(pem)
  const open = secret === undefined ? publicKeyIn(pem) : createPublicKey(secret)
  if (open?.asymmetricKeyType !== 'ed25519') {
    throw new RenderFault({
      code: 'remote-cache-invalid',
      message: `${file} has no Ed25519 key for the remote cache`,
      hint: 'make one with openssl genpkey -algorithm ed25519; jobs that only read get its public half: openssl pkey -pubout',
    })
  }
  return {
    name: open.export({ type: 'spki', format: 'der' }).toString('hex'),
    canSign: secret !== undefined,
    isIn: (trees) => trees.some((tree) => isWithin(real, tree)),
    sign: (text) => {
      if (secret === undefined) throw new TypeError('a public key cannot sign entries')
      return sign(null, Buffer.from(text), secret)
    },
    isSigned: (text, signature) => verify(null, Buffer.from(text), open, signature),
  }
}

function privateKeyIn(pem: Buffer): KeyObject | undefined {
  if (!pem.includes('PRIVATE KEY-----')) return undefined
  return keyOrNone(() => cryptography().createPrivateKey(pem))
}

function publicKeyIn(pem: Buffer): KeyObject | undefined {
  return keyOrNone(() => cryptography().createPublicKey(pem))
}

/** Errors of OpenSSL are dropped: they may quote the text, which may be a private key. */
function keyOrNone(read: () => KeyObject): KeyObject | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
