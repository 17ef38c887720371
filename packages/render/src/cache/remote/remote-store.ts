import { digestOf, HttpClient, SystemFault } from '@overlay-render/system'

import { keyOf } from '../key.ts'
import { type ActionResult, decodeActionResult, encodeActionResult } from './action-result.ts'
import type { CacheKey } from './cache-key-file.ts'

/** How long a server is waited for, in milliseconds. */
export interface Patience {
  /** For one answer. */
  readonly request: number
  /** For all answers of a run together. */
  readonly run: number
}

const DEFAULT_PATIENCE: Patience = { request: 5000, run: 30_000 }

/** Bytes of the largest answers that are read. */
const MAX_BYTES = { entry: 64 * 1024, content: 64 * 1024 * 1024 } as const

const RECORD = 'record'
/** Contents of no bytes are not sent. */
const EMPTY = digestOf(new Uint8Array())

/**
 * Records by key on a server of Bazel's HTTP cache protocol, such as bazel-remote. Nothing that the server says is believed: contents are
 * checked by their sha256, and which contents are the record of a key is signed, together with the key. After the first thing that goes wrong
 * the server is not asked again, and `problem` says why. Nothing here throws for what the server does.
 */
export class RemoteStore {
  readonly #server: HttpClient
  readonly #key: CacheKey
  readonly #patience: Patience
  readonly #stop = new AbortController()
  readonly #uploaded = new Set<string>()
  #waited = 0
  #problem: string | undefined

  constructor(url: URL, key: CacheKey, patience: Patience = DEFAULT_PATIENCE) {
    this.#server = new HttpClient(url)
    this.#key = key
    this.#patience = patience
  }

  /** Why the server is not asked any more; undefined while it is. */
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

  /** The contents with that sha256; undefined when the server has them not. */
  async content(digest: string): Promise<Buffer | undefined> {
    if (digest === EMPTY) return Buffer.alloc(0)
    const bytes = await this.#download(`cas/${digest}`, MAX_BYTES.content)
    if (bytes === undefined || digestOf(bytes) === digest) return bytes
    return this.#giveUp('answers with other bytes than requested')
  }

  /** Keeps a record, and what belongs to it by sha256, for everybody who has the public key. Does nothing without the private one. */
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

  /** Entries of another key have other addresses: an entry that is not signed with this key was put here by somebody who lacks it. */
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
    const { request, run } = this.#patience
    const limit = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(request, run - this.#waited))))
    try {
      return await this.#server.ask({ ...asked, signal: AbortSignal.any([limit, this.#stop.signal]) })
    } catch (error) {
      if (!(error instanceof SystemFault)) throw error
      return this.#giveUp(limit.aborted ? 'takes too long' : error.sentence)
    } finally {
      this.#waited += performance.now() - started
    }
  }

  /** The first reason counts: what is asked at the same time is ended by it. */
  #giveUp(reason: string): undefined {
    this.#problem ??= `the remote cache ${this.#server.shown} ${reason}`
    this.#stop.abort()
    return undefined
  }
}

/** What is signed: the record of that key has that sha256, and it names all else by theirs. */
function signedText(key: string, digest: string): string {
  return `overlay-render remote cache, version 1\n${key}\n${digest}\n`
}
