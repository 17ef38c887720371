import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { LookupFunction } from 'node:net'

import { throwIfAborted } from '../run-process.ts'
import { SystemFault } from '../system-fault.ts'
import { readResponse } from './read-response.ts'
import { type AllowedAddress, allowedAddress, type RemoteRules } from './remote-rules.ts'

export interface FetchOptions extends RemoteRules {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for the whole fetch, redirects included. */
  readonly timeout: number
  /** The largest response that is accepted. */
  readonly maxBytes: number
}

export interface RemoteResponse {
  /** The final URL, after redirects. */
  readonly url: URL
  readonly status: number
  readonly bytes: Buffer
  /** The address that answered. */
  readonly address: AllowedAddress
}

const MAX_REDIRECTS = 5

/**
 * Fetches a URL over https. Each redirect must pass the same rules, and the connection goes to the IP address that passed them. No
 * proxy, no cookies and no credentials are used.
 *
 * @throws SystemFault `remote-refused`, `remote-failed` or `aborted`
 */
export async function fetchRemote(start: URL, options: FetchOptions): Promise<RemoteResponse> {
  const limit = AbortSignal.timeout(options.timeout)
  const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal])
  let url = start
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    throwIfAborted(options.signal)
    const address = await allowedAddress(url, options)
    const { response, bytes } = await get(url, address, { ...options, signal })
    const { location } = response.headers
    const status = response.statusCode ?? 0
    if (status < 300 || status > 399 || location === undefined) return { url, status, bytes, address }
    url = target(location, url)
  }
  throw failed(start, `it redirects more than ${MAX_REDIRECTS} times`)
}

function target(location: string, from: URL): URL {
  try {
    return new URL(location, from)
  } catch (error) {
    throw failed(from, 'it redirects to an invalid URL', error)
  }
}

async function get(
  url: URL,
  { address, family }: AllowedAddress,
  { signal, maxBytes, loopback }: FetchOptions,
): Promise<{ response: IncomingMessage; bytes: Buffer }> {
  // Connect to the checked address: a second lookup of the name could return another one.
  const lookup: LookupFunction = (_host, { all }, done) => {
    if (all === true) done(null, [{ address, family }])
    else done(null, address, family)
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(error instanceof SystemFault ? error : failed(url, reasonOf(error, signal), error))
    }
    const headers = { 'user-agent': 'overlay-render', accept: '*/*' }
    const ca = loopback === undefined ? undefined : readFileSync(loopback.certificateFile)
    const options = { lookup, signal, headers, agent: false, ca }
    let isAnswered = false
    const sent = request(url, options, (response) => {
      isAnswered = true
      readResponse(response, maxBytes).then((bytes) => resolve({ response, bytes }), fail)
    })
    sent.on('error', fail)
    // After a response with the status 101, which Node hides, there is neither a response nor an error.
    sent.on('close', () => {
      if (!isAnswered) fail(new Error('the connection was closed without an answer'))
    })
    sent.end()
  })
}

function reasonOf(error: Error, signal: AbortSignal | undefined): string {
  if (signal?.aborted === true) return 'it timed out or was interrupted'
  return error.message
}

function failed(url: URL, reason: string, cause?: unknown): SystemFault {
  // Leave out the query and credentials.
  const message = `${url.origin}${url.pathname} cannot be fetched: ${reason}`
  return new SystemFault({ code: 'remote-failed', message, blame: 'program', cause })
}
