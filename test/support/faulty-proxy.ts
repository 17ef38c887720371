import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { request } from 'node:https'

/** How the proxy handles a request: `pass` forwards it, `busy` answers 429, `cut` drops the connection, `hang` never answers. */
export type Verdict = 'pass' | 'busy' | 'cut' | 'hang'

/** A proxy on the loopback interface that forwards requests to an API server. */
export class FaultyProxy {
  readonly #server: Server

  /**
   * @param token the user's bearer token; the proxy adds it because kubectl sends credentials only over TLS
   * @param judge called for each request
   * @param delay milliseconds before the proxy forwards a request
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
      // A throw-away server has a self-signed certificate.
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

  /** Starts the proxy and returns its address. */
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
