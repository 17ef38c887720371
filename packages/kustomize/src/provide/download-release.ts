import { gunzipSync } from 'node:zlib'

import { digestOf, errnoOf, writeAtomically } from '@overlay-render/system'
import { type ParsedTarFileItem, parseTar } from 'nanotar'

import { KustomizeFault } from '../kustomize-fault.ts'
import { describePin, type Pin } from '../pin.ts'
import type { Release } from './releases.ts'

/** Milliseconds for the whole download. */
const DOWNLOAD_LIMIT = 10 * 60_000
/** Bytes. The largest published file is a kubectl of about 60 MB. */
const MAX_DOWNLOAD = 256 * 1024 * 1024
const MAX_PROGRAM = 512 * 1024 * 1024

export interface DownloadOptions {
  /** Fetches a URL; the `fetch` of Node when absent. */
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Downloads the published file of a pin, verifies its digest before unpacking, and writes the program to `target` (mode 0755).
 *
 * @throws KustomizeFault `download-failed` when the file cannot be downloaded or contains no program; `digest-differs`
 */
export async function downloadRelease(
  pin: Pin,
  release: Release,
  target: string,
  options: DownloadOptions = {},
): Promise<void> {
  const bytes = await download(pin, release.url, options)
  const sha256 = digestOf(bytes)
  if (sha256 !== release.sha256) {
    throw new KustomizeFault({
      code: 'digest-differs',
      message: `${release.url} is not the published file of ${describePin(pin)}`,
      details: [`its sha256 is   ${sha256}`, `published is    ${release.sha256}`],
      hint: 'nothing was installed; if a proxy changes downloads, download the file elsewhere',
    })
  }
  const program = release.form === 'archive' ? unpack(pin, bytes) : bytes
  writeAtomically(target, program, { mode: 0o755, guarded: [] })
}

async function download(
  pin: Pin,
  url: string,
  { fetch = globalThis.fetch, signal }: DownloadOptions,
): Promise<Buffer> {
  const limit = AbortSignal.timeout(DOWNLOAD_LIMIT)
  try {
    const response = await fetch(url, {
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    })
    if (!response.ok || response.body === null)
      throw downloadFault(pin, url, `the server answered ${response.status}`)
    if (!response.url.startsWith('https:'))
      throw downloadFault(pin, url, 'it redirects to a URL without https')
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of response.body) {
      size += chunk.byteLength
      if (size > MAX_DOWNLOAD) throw downloadFault(pin, url, `it is larger than ${MAX_DOWNLOAD} bytes`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof KustomizeFault || signal?.aborted === true) throw error
    throw downloadFault(pin, url, reasonOf(error), error)
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the network failed'
  if (error.name === 'TimeoutError') return `it took more than ${DOWNLOAD_LIMIT / 60_000} minutes`
  // The message of `fetch` itself is only "fetch failed".
  return error.cause instanceof Error ? error.cause.message : error.message
}

/** The program in a verified archive. */
function unpack(pin: Pin, archive: Buffer): Uint8Array {
  const entries = entriesOf(pin, archive)
  const program = entries.find(({ name }) => name.replace(/^\.\//u, '') === pin.program)
  if (program?.data !== undefined) return program.data
  throw new KustomizeFault({
    code: 'download-failed',
    message: `the archive of ${describePin(pin)} contains no ${pin.program}`,
    blame: 'program',
  })
}

function entriesOf(pin: Pin, archive: Buffer): ParsedTarFileItem[] {
  try {
    // The parser reads the whole ArrayBuffer behind a Buffer, so copy it.
    return parseTar<never, object, ParsedTarFileItem>(
      new Uint8Array(gunzipSync(archive, { maxOutputLength: MAX_PROGRAM })),
    )
  } catch (error) {
    const isLarge = errnoOf(error) === 'ERR_BUFFER_TOO_LARGE'
    const what = isLarge ? `unpacks to more than ${MAX_PROGRAM} bytes` : 'is not a .tar.gz file'
    const message = `the archive of ${describePin(pin)} ${what}`
    throw new KustomizeFault({ code: 'download-failed', message, blame: 'program', cause: error })
  }
}

function downloadFault(pin: Pin, url: string, reason: string, cause?: unknown): KustomizeFault {
  return new KustomizeFault({
    code: 'download-failed',
    message: `${describePin(pin)} cannot be downloaded from ${url}: ${reason}`,
    hint: `download it on a machine with network access, and set OVERLAY_RENDER_${pin.program.toUpperCase()} to the path of the unpacked program`,
    blame: 'program',
    cause,
  })
}
