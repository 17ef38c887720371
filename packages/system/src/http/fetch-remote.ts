import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { LookupFunction } from 'node:net'

import { throwIfAborted } from '../run-process.ts'
import { SystemFault } from '../system-fault.ts'
import { readAnswer } from './read-answer.ts'
import { type AllowedAddress, allowedAddress, type RemoteRules } from './remote-rules.ts'

export interface FetchOptions extends RemoteRules {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for the whole of it. */
  readonly timeout: number
  /** Bytes of the answer beyond which it is not read on. */
  readonly largest: number
}

export interface RemoteAnswer {
  /** Where redirects led. */
  readonly url: URL
  readonly status: number
  readonly bytes: Buffer
  /** The address that answered. */
  readonly address: AllowedAddress
}

const MOST_REDIRECTS = 5

/**
 * Gets a URL by https. Each redirect is checked by the same rules, and the connection goes to the very address that was checked by
 * them. Neither proxies nor cookies are used, and no credentials are sent.
 *
 * @throws SystemFault `remote-refused`, `remote-failed` or `aborted`
 */
export async function fetchRemote(start: URL, options: FetchOptions): Promise<RemoteAnswer> {
  const limit = AbortSignal.timeout(options.timeout)
  const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal])
  let url = start
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    throwIfAborted(options.signal)
    const address = await allowedAddress(url, options)
    const { response, bytes } = await get(url, address, { ...options, signal })
    const { location } = response.headers
    const status = response.statusCode ?? 0
    if (status < 300 || status > 399 || location === undefined) return { url, status, bytes, address }
    url = target(location, url)
  }
  throw failed(start, `it redirects more than ${MOST_REDIRECTS} times`)
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
  { signal, largest, loopback }: FetchOptions,
): Promise<{ response: IncomingMessage; bytes: Buffer }> {
  // The address is the one that was checked by the rules: a name that is looked up again may have another.
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
    const asked = request(url, options, (response) => {
      readAnswer(response, largest).then((bytes) => resolve({ response, bytes }), fail)
    })
    asked.on('error', fail)
    asked.end()
  })
}

function reasonOf(error: Error, signal: AbortSignal | undefined): string {
  if (signal?.aborted === true) return 'it took too long, or was interrupted'
  return error.message
}

function failed(url: URL, reason: string, cause?: unknown): SystemFault {
  // Neither query nor credentials are shown.
  const message = `${url.origin}${url.pathname} cannot be fetched: ${reason}`
  return new SystemFault({ code: 'remote-failed', message, blame: 'program', cause })
}
