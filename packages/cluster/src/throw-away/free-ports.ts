import { once } from 'node:events'
import { createServer } from 'node:net'

/** Three different ports of 127.0.0.1 that nothing listens on at this moment. */
export async function threeFreePorts(): Promise<readonly [number, number, number]> {
  const servers = [createServer(), createServer(), createServer()] as const
  try {
    for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening')
    const [a, b, c] = servers
    return [portOf(a.address()), portOf(b.address()), portOf(c.address())]
  } finally {
    for (const server of servers) server.close()
  }
}

function portOf(address: string | { readonly port: number } | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
