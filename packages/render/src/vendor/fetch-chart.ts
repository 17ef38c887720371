import {
  type ChartInput,
  digestOfFiles,
  KustomizeFault,
  sha256Of,
  unpackChart,
  type VendoredChart,
} from '@overlay-render/kustomize'
import { fetchRemote, type FetchOptions, type RemoteRules, SystemFault } from '@overlay-render/system'
import { parse, YAMLParseError } from 'yaml'

import { chartPlace } from './lay-charts.ts'

/** A fetched chart. */
export interface NewChart {
  readonly chart: VendoredChart
  /** Its files by path below the vendor folder. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Options for fetching a chart. */
export interface FetchChartOptions extends RemoteRules {
  readonly signal?: AbortSignal | undefined
}

/** Time limit in milliseconds and size limit in bytes for one answer. */
const TIMEOUT = 120_000
const MAX_BYTES = 32 * 1024 * 1024

/**
 * Fetches a chart as `helm pull` does: the archive that the repository's `index.yaml` names for the version. Its digest must match
 * the index, if that has one.
 *
 * @throws KustomizeFault `vendored-copy`, at the line of the entry
 */
export async function fetchChart(
  { name, repo = '', version = '', position }: ChartInput,
  options: FetchChartOptions,
): Promise<NewChart> {
  const limits: FetchOptions = { ...options, timeout: TIMEOUT, maxBytes: MAX_BYTES }
  const fault = (why: string, hint?: string, cause?: unknown): KustomizeFault =>
    new KustomizeFault({
      code: 'vendored-copy',
      message: `chart ${name} ${version} of ${repo} cannot be vendored: ${why}`,
      position,
      hint,
      cause,
    })
  try {
    const base = repo.endsWith('/') ? repo : `${repo}/`
    const index = await get(new URL('index.yaml', base), limits)
    const { url, digest } = findArchive(parseIndex(index), name, version)
    const archive = await get(new URL(url, base), limits)
    const sha256 = sha256Of(archive)
    if (digest !== undefined && digest !== sha256)
      throw new RangeError(`the index says that its sha256 is ${digest}, and it is ${sha256}`)
    const files = unpackChart(archive)
    const at = new URL(url, base).href
    const chart = { repo, name, version, url: at, archive: sha256, sha256: digestOfFiles(files) }
    const folder = chartPlace(chart)
    return { chart, files: new Map([...files].map(([path, bytes]) => [`${folder}/${path}`, bytes])) }
  } catch (error) {
    if (error instanceof SystemFault && error.code !== 'aborted')
      throw fault(error.sentence, error.hint, error)
    if (error instanceof RangeError) throw fault(error.message, undefined, error)
    throw error
  }
}

async function get(url: URL, limits: FetchOptions): Promise<Buffer> {
  const { status, bytes } = await fetchRemote(url, limits)
  if (status >= 200 && status < 300) return bytes
  throw new RangeError(`the server answered ${status} for ${url.pathname}`)
}

function parseIndex(bytes: Buffer): unknown {
  try {
    return parse(bytes.toString('utf8'), {
      schema: 'failsafe',
      uniqueKeys: false,
      maxAliasCount: 0,
      logLevel: 'error',
    })
  } catch (error) {
    if (error instanceof YAMLParseError || error instanceof ReferenceError)
      throw new RangeError('its index.yaml is not YAML', { cause: error })
    throw error
  }
}

/** The archive of an exact version, and its digest if the index has one. */
function findArchive(
  index: unknown,
  name: string,
  version: string,
): { readonly url: string; readonly digest: string | undefined } {
  const entries = listIn(fieldIn(fieldIn(index, 'entries'), name))
  const entry = entries.find((one) => plain(fieldIn(one, 'version')) === plain(version))
  const [url] = listIn(fieldIn(entry, 'urls'))
  if (entry === undefined)
    throw new RangeError(
      entries.length === 0
        ? `the repository has no chart ${name}`
        : `the repository has no version ${version} of it`,
    )
  if (typeof url !== 'string' || !URL.canParse(url, 'https://h/'))
    throw new RangeError('the index names no archive of it')
  const digest = fieldIn(entry, 'digest')
  return {
    url,
    digest: typeof digest === 'string' && digest !== '' ? digest.replace(/^sha256:/u, '') : undefined,
  }
}

/** helm treats a version with and without `v` as the same. */
function plain(version: unknown): string {
  return String(version).replace(/^v/u, '')
}

function fieldIn(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
