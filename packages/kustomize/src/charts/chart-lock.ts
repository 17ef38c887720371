import { hideCredentials } from '../graph/hide-credentials.ts'
import { fieldOf, itemsOf } from '../graph/value-fields.ts'
import type { Value } from '../graph/yaml-value.ts'

/** A chart of a repository with a copy in the tree. */
export interface VendoredChart {
  readonly repo: string
  readonly name: string
  readonly version: string
  /** The URL of its archive. */
  readonly url: string
  /** The sha256 of the archive. */
  readonly archive: string
  /** The digest of the files of the copy. */
  readonly sha256: string
}

/** A recorded output of helm in the tree. */
export interface RecordedRender {
  /** The label of the chart, with the digest of its files. */
  readonly chart: string
  /** The sha256 of the command, which is also its file name. */
  readonly asked: string
  /** The sha256 of helm's output. */
  readonly printed: string
}

/** The charts of a lock. */
export interface ChartLock {
  /** The version of helm that rendered them. */
  readonly helm: { readonly version: string; readonly sha256: ReadonlyMap<string, string> }
  readonly charts: readonly VendoredChart[]
  readonly renders: readonly RecordedRender[]
}

/** The key of a chart of a repository. */
export function chartKey({ repo, name, version }: Pick<VendoredChart, 'repo' | 'name' | 'version'>): string {
  return `${repo} ${name} ${version}`
}

const SHA256 = /^[0-9a-f]{64}$/u

/** Reads the charts of a lock; undefined for a format that overlay-render does not write. */
export function readChartLock(lock: Value | undefined): ChartLock | undefined {
  const helm = fieldOf(lock, 'helm')
  const version = plainText(fieldOf(helm, 'version'))
  const platforms = fieldOf(helm, 'sha256')
  if (version === undefined || platforms?.kind !== 'map') return undefined
  const sha256 = new Map(platforms.entries().map(({ key, value }) => [key, plainText(value) ?? '']))
  const charts = itemsOf(fieldOf(lock, 'archives')).map((item) =>
    texts(item, ['repo', 'name', 'version', 'url', 'archive', 'sha256']),
  )
  const renders = itemsOf(fieldOf(lock, 'rendered')).map((item) => texts(item, ['chart', 'asked', 'printed']))
  const digests = [
    ...sha256.values(),
    ...charts.flatMap((chart) => [chart?.archive, chart?.sha256]),
    ...renders.flatMap((render) => [render?.asked, render?.printed]),
  ]
  if (digests.some((digest) => digest === undefined || !SHA256.test(digest))) return undefined
  return { helm: { version, sha256 }, charts: charts.flatMap(known), renders: renders.flatMap(known) }
}

function known<Item>(item: Item | undefined): Item[] {
  return item === undefined ? [] : [item]
}

function texts<Name extends string>(item: Value, names: readonly Name[]): Record<Name, string> | undefined {
  const found = names.map((name) => [name, plainText(fieldOf(item, name))] as const)
  return found.every(([, text]) => text !== undefined)
    ? (Object.fromEntries(found) as Record<Name, string>)
    : undefined
}

/** YAML reads a digest of only digits as a number. */
function plainText(value: Value | undefined): string | undefined {
  return value?.kind === 'text' || value?.kind === 'number' ? value.text : undefined
}

/** Prints the charts of a lock deterministically; '' for none. */
export function printChartLock({ helm, charts, renders }: ChartLock): string {
  if (charts.length === 0 && renders.length === 0) return ''
  if (charts.some(({ repo, url }) => [repo, url].some((text) => hideCredentials(text) !== text)))
    throw new TypeError('a lock must not hold a URL with credentials')
  const sorted = <Item>(items: readonly Item[], key: (item: Item) => string): Item[] =>
    items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  const platforms = sorted([...helm.sha256], ([platform]) => platform)
  return [
    'charts:',
    '  helm:',
    `    version: ${JSON.stringify(helm.version)}`,
    '    sha256:',
    ...platforms.map(([platform, digest]) => `      ${platform}: "${digest}"`),
    ...printList('archives', sorted(charts, chartKey)),
    ...printList(
      'rendered',
      sorted(renders, ({ chart, asked }) => `${chart} ${asked}`),
    ),
    '',
  ].join('\n')
}

function printList(name: string, items: readonly object[]): string[] {
  if (items.length === 0) return []
  const lines = items.flatMap((item) =>
    Object.entries(item).map(
      ([key, text], index) => `    ${index === 0 ? '- ' : '  '}${key}: ${JSON.stringify(text)}`,
    ),
  )
  return [`  ${name}:`, ...lines]
}
