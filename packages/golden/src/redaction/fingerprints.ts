import { cryptography } from '@overlay-render/system'

import { Redacted, toJson, type Value } from '../resources/value.ts'
import { decodeBase64 } from './base64.ts'

/**
 * Keyed fingerprints. The key is random unless given, so fingerprints cannot be compared across runs, and guesses of a value
 * cannot be verified.
 */
export class Fingerprints {
  #key: Uint8Array | undefined
  readonly #bytes = new WeakMap<Redacted, Buffer>()

  constructor(key?: Uint8Array) {
    this.#key = key
  }

  /** The fingerprint of any value. */
  of(value: Value): Redacted {
    return this.#make('value', toJson(value))
  }

  /** The fingerprint of the bytes that a container sees: the same for `stringData` and for `data` in base64. */
  ofBytes(bytes: Buffer): Redacted {
    const redacted = this.#make('bytes', bytes)
    this.#bytes.set(redacted, bytes)
    return redacted
  }

  /** The secret bytes of a fingerprint made by `ofBytes`. */
  bytesOf(redacted: Redacted): Buffer | undefined {
    return this.#bytes.get(redacted)
  }

  /** The fingerprint of an entry of a Secret's `data`. Invalid base64 never equals valid base64. */
  ofData(value: Value): Redacted {
    const bytes = typeof value === 'string' ? decodeBase64(value) : undefined
    return bytes === undefined ? this.#make('raw', toJson(value)) : this.ofBytes(bytes)
  }

  /** The fingerprint of a text, with a version without its secrets that may be shown. */
  ofText(text: string, shown: string): Redacted {
    return new Redacted(this.of(text).fingerprint, shown)
  }

  /** The placeholder for a secret part of a text. */
  hide(text: string): string {
    return this.of(text).toString()
  }

  #make(tag: 'value' | 'bytes' | 'raw', content: Uint8Array | string): Redacted {
    // Created on first use: most comparisons have no secrets, and the first random bytes of a process are slow.
    this.#key ??= cryptography().randomBytes(32)
    return new Redacted(
      cryptography().createHmac('sha256', this.#key).update(`${tag}\n`).update(content).digest('hex'),
    )
  }
}
