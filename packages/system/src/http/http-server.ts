import { Agent, type IncomingMessage, request } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'

import { SystemFault } from '../system-fault.ts'
import { readAnswer } from './read-answer.ts'

/** Connections that are kept open at once. */
const MOST_CONNECTIONS = 4

export interface HttpRequest {
  readonly method: 'GET' | 'PUT'
  /** Below the URL of the server, such as `cas/0a1b`. */
  readonly path: string
  readonly body?: Uint8Array | undefined
  /** Bytes of the answer beyond which it is not read on. */
  readonly largest: number
  /** Ends the request, whatever it waits for. */
  readonly signal: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  readonly bytes: Buffer
}

/**
 * A server of the user's own choice, asked by http or https over connections that stay open. No redirect is followed, no proxy and no cookie is
 * used. A user and password in its URL are sent to it, and shown nowhere.
 */
export class HttpServer {
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
      url.username === '' ? undefined : `Basic ${Buffer.from(credentialsOf(url)).toString('base64')}`
    this.#base.username = ''
    this.#base.password = ''
    const settings = { keepAlive: true, maxSockets: MOST_CONNECTIONS }
    this.#agent = url.protocol === 'https:' ? new TlsAgent(settings) : new Agent(settings)
  }

  /** @throws SystemFault `remote-failed` when there is no whole answer; any status is an answer */
  async ask({ method, path, body, largest, signal }: HttpRequest): Promise<HttpAnswer> {
    const url = new URL(path, this.#base)
    const headers = {
      'user-agent': 'overlay-render',
      ...(this.#authorization === undefined ? {} : { authorization: this.#authorization }),
      ...(body === undefined ? {} : { 'content-length': body.byteLength }),
    }
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const send = url.protocol === 'https:' ? tlsRequest : request
        const asked = send(url, { method, headers, agent: this.#agent, signal }, resolve)
        // After an answer this is an error of reading it, which is reported there.
        asked.on('error', reject)
        asked.end(body)
      })
      return { status: response.statusCode ?? 0, bytes: await readAnswer(response, largest) }
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
  return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'it takes too long'
  return error instanceof Error && error.message !== '' ? error.message : 'the connection failed'
}
