import { cryptography } from '@overlay-render/system'

import { Redacted, toJson, type Value } from '../resources/value.ts'
import { decodeBase64 } from './base64.ts'

/**
 * Fingerprints under one key, which is random unless it is given: those of two comparisons have nothing in common, and
 * likely values cannot be tried.
 */
export class Fingerprints {
  #key: Uint8Array | undefined
  readonly #bytes = new WeakMap<Redacted, Buffer>()

  constructor(key?: Uint8Array) {
    this.#key = key
  }

  /** Stands for any value. */
  of(value: Value): Redacted {
    return this.#make('value', toJson(value))
  }

  /** Stands for the bytes that a container sees: the same for `stringData` and for `data` in base64. */
  ofBytes(bytes: Buffer): Redacted {
    const redacted = this.#make('bytes', bytes)
    this.#bytes.set(redacted, bytes)
    return redacted
  }

  /** The bytes that a fingerprint of bytes stands for: a secret. */
  bytesOf(redacted: Redacted): Buffer | undefined {
    return this.#bytes.get(redacted)
  }

  /** Stands for an entry of a Secret's `data`. What is no base64 is never the same as what is. */
  ofData(value: Value): Redacted {
    const bytes = typeof value === 'string' ? decodeBase64(value) : undefined
    return bytes === undefined ? this.#make('raw', toJson(value)) : this.ofBytes(bytes)
  }

  /** Stands for a text of which `shown` may be shown: everything but its secrets. */
  ofText(text: string, shown: string): Redacted {
    return new Redacted(this.of(text).fingerprint, shown)
  }

  /** What a text says in place of a secret part. */
  hide(text: string): string {
    return this.of(text).toString()
  }

  #make(tag: 'value' | 'bytes' | 'raw', content: Uint8Array | string): Redacted {
    // Made when needed: most comparisons meet no secret, and the first random bytes of a process are slow.
    this.#key ??= cryptography().randomBytes(32)
    return new Redacted(
      cryptography().createHmac('sha256', this.#key).update(`${tag}\n`).update(content).digest('hex'),
    )
  }
}
