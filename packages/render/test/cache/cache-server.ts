import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { onTestFinished } from 'vitest'

/** A handler that answers in place of the cache. */
export type AnswerOverride = (given: {
  readonly path: string
  /** The bytes that were uploaded to the path; undefined when there are none. */
  readonly bytes: Buffer | undefined
  readonly entries: ReadonlyMap<string, Buffer>
  readonly response: ServerResponse
  readonly request: IncomingMessage
}) => void

/** A server of Bazel's HTTP cache protocol on this machine. `override`, when set, answers in its place. */
export interface CacheServer {
  readonly url: string
  /** The uploaded bytes by path, such as `/cas/0a1b…`. */
  readonly entries: Map<string, Buffer>
  /** The method and path of each request. */
  readonly asked: string[]
  /** The `Authorization` header of each request. */
  readonly authorizations: string[]
  override: AnswerOverride | undefined
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
      if (started.override !== undefined) started.override({ path, bytes, entries, response, request })
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
  const started: CacheServer = { url, entries, asked, authorizations, override: undefined }
  return started
}
