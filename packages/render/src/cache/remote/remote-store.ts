import { digestOf, HttpClient, SystemFault } from '@overlay-render/system'

import { keyOf } from '../key.ts'
import { type ActionResult, decodeActionResult, encodeActionResult } from './action-result.ts'
import type { CacheKey } from './cache-key-file.ts'

/** Time limits for a server, in milliseconds. */
export interface RemoteTimeouts {
  /** For one answer. */
  readonly request: number
  /** For all answers of a run together. */
  readonly run: number
}

const DEFAULT_TIMEOUTS: RemoteTimeouts = { request: 5000, run: 30_000 }

/** The largest answers that are read, in bytes. */
const MAX_BYTES = { entry: 64 * 1024, content: 64 * 1024 * 1024 } as const

const RECORD = 'record'
/** The digest of empty contents, which are never sent. */
const EMPTY = digestOf(new Uint8Array())

/**
 * Records by key on a server of Bazel's HTTP cache protocol, such as bazel-remote. The server is not trusted: contents are checked
 * against their sha256, and the pair of a key and the digest of its record is signed. After the first failure the server is not
 * asked again, and `problem` says why. Nothing here throws for errors of the server.
 */
export class RemoteStore {
  readonly #server: HttpClient
  readonly #key: CacheKey
  readonly #timeouts: RemoteTimeouts
  readonly #stop = new AbortController()
  readonly #uploaded = new Set<string>()
  #waited = 0
  #problem: string | undefined

  constructor(url: URL, key: CacheKey, timeouts: RemoteTimeouts = DEFAULT_TIMEOUTS) {
    this.#server = new HttpClient(url)
    this.#key = key
    this.#timeouts = timeouts
  }

  /** Why the server is no longer asked; undefined while it is. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** Scheme, host and port, as messages show them. */
  get shown(): string {
    return this.#server.shown
  }

  /** Whether the key is in one of these trees, where a commit could have written it. */
  isKeyIn(trees: readonly string[]): boolean {
    return this.#key.isIn(trees)
  }

  /** Whether entries can be written: the private half of the key is here. */
  get canWrite(): boolean {
    return this.#key.canSign
  }

  /** The record of that key; undefined when the server has none. */
  async get(key: string): Promise<Buffer | undefined> {
    const message = await this.#download(`ac/${this.#addressOf(key)}`, MAX_BYTES.entry)
    if (message === undefined) return undefined
    const entry = decodeActionResult(message)
    const digest = entry?.files.find(({ path }) => path === RECORD)?.digest
    if (entry === undefined || digest === undefined)
      return this.#giveUp('answers with something that is not a cache entry')
    if (!this.#key.isSigned(signedText(key, digest), entry.stdout))
      return this.#giveUp('has an entry that is not signed with the key of this cache')
    return this.content(digest)
  }

  /** The contents with that sha256; undefined when the server does not have them. */
  async content(digest: string): Promise<Buffer | undefined> {
    if (digest === EMPTY) return Buffer.alloc(0)
    const bytes = await this.#download(`cas/${digest}`, MAX_BYTES.content)
    if (bytes === undefined || digestOf(bytes) === digest) return bytes
    return this.#giveUp('answers with other bytes than requested')
  }

  /** Stores a record and the contents it names, readable with the public key. Does nothing without the private key. */
  async put(key: string, record: Uint8Array, contents: ReadonlyMap<string, Uint8Array>): Promise<void> {
    if (!this.canWrite) return
    const digest = digestOf(record)
    const files = [...contents, [digest, record] as const].filter(([, bytes]) => bytes.byteLength > 0)
    if (files.some(([, bytes]) => bytes.byteLength > MAX_BYTES.content)) return
    await Promise.all(files.map(([name, bytes]) => this.#uploadContent(name, bytes)))
    const result: ActionResult = {
      files: files.map(([name, { byteLength }]) => ({
        path: name === digest ? RECORD : name,
        digest: name,
        bytes: byteLength,
      })),
      stdout: this.#key.sign(signedText(key, digest)),
    }
    const message = encodeActionResult(result)
    if (message.byteLength <= MAX_BYTES.entry) await this.#upload(`ac/${this.#addressOf(key)}`, message)
  }

  /** Closes the connections. */
  close(): void {
    this.#server.close()
  }

  /** Each key has its own addresses: an entry found here without a valid signature was written by somebody who lacks the key. */
  #addressOf(key: string): string {
    return keyOf('remote', key, this.#key.name)
  }

  async #uploadContent(digest: string, bytes: Uint8Array): Promise<void> {
    if (this.#uploaded.has(digest)) return
    this.#uploaded.add(digest)
    await this.#upload(`cas/${digest}`, bytes)
  }

  async #upload(path: string, body: Uint8Array): Promise<void> {
    const answer = await this.#ask({ method: 'PUT', path, body, maxBytes: MAX_BYTES.entry })
    if (answer !== undefined && (answer.status < 200 || answer.status > 299))
      this.#giveUp(`does not take an entry: it answers with the status ${answer.status}`)
  }

  async #download(path: string, maxBytes: number): Promise<Buffer | undefined> {
    const answer = await this.#ask({ method: 'GET', path, maxBytes })
    if (answer === undefined || answer.status === 404) return undefined
    return answer.status === 200 ? answer.bytes : this.#giveUp(`answers with the status ${answer.status}`)
  }

  async #ask(
    asked: Omit<Parameters<HttpClient['ask']>[0], 'signal'>,
  ): Promise<{ readonly status: number; readonly bytes: Buffer } | undefined> {
    if (this.#problem !== undefined) return undefined
    const started = performance.now()
    const { request, run } = this.#timeouts
    const limit = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(request, run - this.#waited))))
    try {
      return await this.#server.ask({ ...asked, signal: AbortSignal.any([limit, this.#stop.signal]) })
    } catch (error) {
      if (!(error instanceof SystemFault)) throw error
      return this.#giveUp(limit.aborted ? 'takes too long' : withoutName(error.sentence, this.#server.shown))
    } finally {
      this.#waited += performance.now() - started
    }
  }

  /** Only the first reason is kept: it also ends the requests that are still open. */
  #giveUp(reason: string): undefined {
    this.#problem ??= `the remote cache ${this.#server.shown} ${reason}`
    this.#stop.abort()
    return undefined
  }
}

/** What happened to a server, for a sentence that has named it already. */
function withoutName(sentence: string, name: string): string {
  return sentence.startsWith(`${name} `) ? sentence.slice(name.length + 1) : sentence
}

/** The signed text: this key has a record with this sha256. The record names all other contents by their sha256. */
function signedText(key: string, digest: string): string {
  return `overlay-render remote cache, version 1\n${key}\n${digest}\n`
}
