import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { onTestFinished } from 'vitest'

/** What a server does instead of giving the bytes that were put there. */
export type Lie = (given: {
  readonly path: string
  /** What was put there; undefined when nothing was. */
  readonly bytes: Buffer | undefined
  readonly entries: ReadonlyMap<string, Buffer>
  readonly response: ServerResponse
  readonly request: IncomingMessage
}) => void

/** A server of Bazel's HTTP cache protocol on this machine, which keeps whatever is put there, and may be told to lie. */
export interface CacheServer {
  readonly url: string
  /** By path, such as `/cas/0a1b…`. */
  readonly entries: Map<string, Buffer>
  /** Method and path of each request. */
  readonly asked: string[]
  /** Values of `Authorization`. */
  readonly authorizations: string[]
  lie: Lie | undefined
}

export async function startCacheServer(): Promise<CacheServer> {
  const entries = new Map<string, Buffer>()
  const asked: string[] = []
  const authorizations: string[] = []
  const server = createServer((request, response) => {
    const { method = '', url: path = '' } = request
    asked.push(`${method} ${path}`)
    authorizations.push(request.headers.authorization ?? '')
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => undefined)
    request.on('end', () => {
      const bytes = entries.get(path)
      if (started.lie !== undefined) started.lie({ path, bytes, entries, response, request })
      else if (method === 'PUT') {
        entries.set(path, Buffer.concat(chunks))
        response.writeHead(200).end()
      } else if (bytes === undefined) response.writeHead(404).end('not here')
      else response.writeHead(200, { 'content-length': bytes.byteLength }).end(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const started: CacheServer = { url, entries, asked, authorizations, lie: undefined }
  return started
}
