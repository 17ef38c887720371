import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { request } from 'node:https'

/** What a proxy does with a request: `pass` it, answer 429 as a busy server does, cut the connection, or never answer. */
export type Verdict = 'pass' | 'busy' | 'cut' | 'hang'

/** A proxy on loopback in front of an API server. */
export class FaultyProxy {
  readonly #server: Server

  /**
   * @param token of the user: kubectl signs in on TLS only
   * @param judge asked for each request
   * @param delay milliseconds before each request goes on
   */
  constructor(
    { port, token }: { readonly port: number; readonly token: string },
    judge: (method: string, path: string) => Verdict,
    delay = 0,
  ) {
    this.#server = createServer((from, to) => {
      const { method = 'GET', url = '/', headers } = from
      const verdict = judge(method, url)
      if (verdict === 'hang') return
      if (verdict === 'cut') {
        to.destroy()
        return
      }
      if (verdict === 'busy') {
        to.writeHead(429, { 'Retry-After': '1', 'Content-Type': 'text/plain' }).end('too many requests')
        return
      }
      // The certificate of a throw-away server is its own.
      const options = { host: '127.0.0.1', port, method, path: url, rejectUnauthorized: false }
      const onward = request(
        { ...options, headers: { ...headers, authorization: `Bearer ${token}` } },
        (answer) => {
          to.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(to)
        },
      )
      onward.on('error', () => to.destroy())
      setTimeout(() => from.pipe(onward), delay)
    })
  }

  /** Starts, and returns the address. */
  async listen(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
