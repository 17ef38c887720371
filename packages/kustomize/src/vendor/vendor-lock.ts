import { digestOf } from '@overlay-render/system'

import { type ChartLock, readChartLock } from '../charts/chart-lock.ts'
import { fieldOf } from '../graph/value-fields.ts'
import { readFirstDocument, type Value } from '../graph/yaml-value.ts'
import { KustomizeFault } from '../kustomize-fault.ts'
import { checkLockText } from '../lock-text.ts'
import { holdsCredentials } from './remote-location.ts'

/** A remote with a copy in the tree. */
export interface VendoredRemote {
  /** The reference in kustomizations, without credentials. */
  readonly url: string
  /** The commit of a git remote; undefined for a file. */
  readonly commit: string | undefined
  /** The digest of the file, or of the list of files and their digests for a git remote. */
  readonly sha256: string
}

const START = /^(?:vendored|charts):\n/mu
const HEAD = 'vendored:\n'

/** The two parts of the text of a lock: the pinned program, and what is vendored. */
export function splitLock(text: string): { readonly pin: string; readonly vendored: string } {
  const at = START.exec(text)?.index ?? text.length
  return { pin: text.slice(0, at), vendored: text.slice(at) }
}

/**
 * Reads the vendored remotes of a lock, by URL.
 *
 * @throws KustomizeFault `lock-invalid`
 */
export function parseVendored(text: string, shown: string): ReadonlyMap<string, VendoredRemote> {
  checkLockText(text, shown)
  const remotes = new Map<string, VendoredRemote>()
  const { value, fault } = readFirstDocument(splitLock(text).vendored)
  const list = fieldOf(value, 'vendored')
  if (list === undefined && fault === undefined) return remotes
  const items = list?.kind === 'list' ? list.items() : undefined
  for (const item of items ?? []) {
    const remote = remoteOf(item)
    if (remote === undefined || remotes.has(remote.url)) throw invalid(shown)
    remotes.set(remote.url, remote)
  }
  if (fault !== undefined || items === undefined) throw invalid(shown)
  return remotes
}

/**
 * Reads the charts of a lock; undefined when it has none.
 *
 * @throws KustomizeFault `lock-invalid`
 */
export function parseVendoredCharts(text: string, shown: string): ChartLock | undefined {
  checkLockText(text, shown)
  const { value, fault } = readFirstDocument(splitLock(text).vendored)
  const charts = fieldOf(value, 'charts')
  if (charts === undefined && fault === undefined) return undefined
  const lock = readChartLock(charts)
  if (lock === undefined || fault !== undefined) throw invalid(shown)
  return lock
}

/** The text of the vendored remotes, sorted by URL; '' for none. */
export function printVendored(remotes: Iterable<VendoredRemote>): string {
  const lines = [...remotes]
    .sort((a, b) => (a.url < b.url ? -1 : 1))
    .map(({ url, commit, sha256 }) => {
      if (holdsCredentials(url)) throw new TypeError('a lock must not hold a URL with credentials')
      const place = commit === undefined ? '' : `    commit: "${commit}"\n`
      return `  - url: ${JSON.stringify(url)}\n${place}    sha256: "${sha256}"\n`
    })
  return lines.length === 0 ? '' : HEAD + lines.join('')
}

/** The digest of a folder of files: of their paths and digests, sorted. */
export function digestOfFiles(files: ReadonlyMap<string, Uint8Array>): string {
  const lines = [...files].map(([path, bytes]) => `${sha256Of(bytes)}  ${path}\n`).sort()
  return sha256Of(Buffer.from(lines.join('')))
}

/** The sha256 of `bytes`, in hex. */
export function sha256Of(bytes: Uint8Array): string {
  return digestOf(bytes)
}

function remoteOf(item: Value): VendoredRemote | undefined {
  const text = (name: string): string | undefined => {
    const value = fieldOf(item, name)
    return value === undefined || value.kind === 'map' || value.kind === 'list' ? undefined : value.text
  }
  const [url, commit, sha256] = [text('url'), text('commit'), text('sha256')]
  if (url === undefined || holdsCredentials(url) || sha256 === undefined || !/^[0-9a-f]{64}$/u.test(sha256))
    return undefined
  return commit === undefined || /^[0-9a-f]{40,64}$/u.test(commit) ? { url, commit, sha256 } : undefined
}

function invalid(shown: string): KustomizeFault {
  return new KustomizeFault({
    code: 'lock-invalid',
    message: `the vendor part of ${shown} was changed by hand`,
    hint: 'restore it from git, or remove that part and vendor again',
  })
}
