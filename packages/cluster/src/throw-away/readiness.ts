import { existsSync } from 'node:fs'
import { get } from 'node:https'

import { readBytes } from '@overlay-render/system'

import { certificateFile, type Layout } from './arguments.ts'

/** Whether the API server answers `/readyz` with 200. */
export async function isReady(layout: Layout, token: string): Promise<boolean> {
  const certificate = certificateFile(layout)
  if (!existsSync(certificate)) return false
  const headers = { Authorization: `Bearer ${token}` }
  const ca = await readBytes(certificate)
  return new Promise((resolve) => {
    const request = get(
      { host: '127.0.0.1', port: layout.secure, path: '/readyz', ca, headers, agent: false, timeout: 5_000 },
      (response) => {
        response.resume()
        resolve(response.statusCode === 200)
      },
    )
    request.on('timeout', () => request.destroy())
    // It does not listen yet, or has not finished its certificate.
    request.on('error', () => resolve(false))
    request.on('close', () => resolve(false))
  })
}
