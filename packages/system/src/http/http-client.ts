import { Agent, type IncomingMessage, request } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'

import { SystemFault } from '../system-fault.ts'
import { readResponse } from './read-response.ts'

/** Connections kept open at the same time. */
const MAX_CONNECTIONS = 4

export interface HttpRequest {
  readonly method: 'GET' | 'PUT'
  /** Relative to the server's URL, such as `cas/0a1b`. */
  readonly path: string
  readonly body?: Uint8Array | undefined
  /** The largest response that is accepted. */
  readonly maxBytes: number
  /** Aborts the request. */
  readonly signal: AbortSignal
}

export interface HttpResponse {
  readonly status: number
  readonly bytes: Buffer
}

/**
 * A client of one server that the user chose, over http or https with keep-alive. It follows no redirects and uses no proxy and no cookies. A
 * user and password in the URL are sent to the server and never shown.
 */
export class HttpClient {
  /** Scheme, host and port: what messages may show. */
  readonly shown: string
  readonly #base: URL
  readonly #agent: Agent
  readonly #authorization: string | undefined

  /** @param url of `http:` or `https:` */
  constructor(url: URL) {
    this.shown = url.origin
    this.#base = new URL(url.href.replace(/\/*$/u, '/'))
    this.#authorization =
      url.username + url.password === ''
        ? undefined
        : `Basic ${Buffer.from(credentialsOf(url)).toString('base64')}`
    this.#base.username = ''
    this.#base.password = ''
    const settings = { keepAlive: true, maxSockets: MAX_CONNECTIONS }
    this.#agent = url.protocol === 'https:' ? new TlsAgent(settings) : new Agent(settings)
  }

  /** @throws SystemFault `remote-failed` when there is no complete response; any status counts as a response */
  async ask({ method, path, body, maxBytes, signal }: HttpRequest): Promise<HttpResponse> {
    const url = new URL(path, this.#base)
    const headers = {
      'user-agent': 'overlay-render',
      ...(this.#authorization === undefined ? {} : { authorization: this.#authorization }),
      ...(body === undefined ? {} : { 'content-length': body.byteLength }),
    }
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const send = url.protocol === 'https:' ? tlsRequest : request
        const sent = send(url, { method, headers, agent: this.#agent, signal }, resolve)
        // After the response has started, `readResponse` reports errors.
        sent.on('error', reject)
        // After a response with the status 101, which Node hides, there is neither a response nor an error.
        sent.on('close', () => reject(new Error('the connection was closed without an answer')))
        sent.end(body)
      })
      return { status: response.statusCode ?? 0, bytes: await readResponse(response, maxBytes) }
    } catch (error) {
      throw new SystemFault({
        code: 'remote-failed',
        message: `${this.shown} does not answer: ${reasonOf(error, signal)}`,
        blame: 'program',
        cause: error,
      })
    }
  }

  /** Closes the connections. */
  close(): void {
    this.#agent.destroy()
  }
}

function credentialsOf({ username, password }: URL): string {
  return `${decoded(username)}:${decoded(password)}`
}

/** As it is where a `%` begins no escape: URL parsers leave it alone. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'the request timed out'
  return error instanceof Error && error.message !== '' ? error.message : 'the connection failed'
}
