import { member, printable, toJson, type Value, type ValueMap } from '@overlay-render/golden'

import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import type { Prow } from '../jobs/load-prow.ts'
import type { Cluster, ClusterObject } from '../rules/prow-check.ts'

/** What an overlay deploys to one cluster. */
export interface InventoryEntry {
  readonly overlay: string
  readonly context: string
  /** The workloads with their images. */
  readonly components: readonly {
    readonly kind: string
    readonly namespace: string
    readonly name: string
    readonly images: readonly string[]
  }[]
  /** The hosts of Ingresses and HTTPRoutes. */
  readonly hosts: readonly string[]
  /** The number of jobs in the Prow configuration that run in the cluster. */
  readonly jobs: number
}

/** What overlays deploy, and where jobs run. */
export interface Inventory {
  readonly overlays: readonly InventoryEntry[]
  /** Every cluster that jobs run in, with the number of jobs. */
  readonly clusters: readonly { readonly context: string; readonly jobs: number }[]
  /** The buckets that jobs upload to. */
  readonly buckets: readonly string[]
}

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'])

/** Lists what each overlay deploys, which clusters jobs run in, and where their results are stored. */
export function takeInventory(prow: Prow, clusters: readonly Cluster[]): Inventory {
  const counts = new Map<string, number>()
  const buckets = new Set<string>()
  for (const { job } of prow.jobs) {
    if (job['agent'] === 'kubernetes')
      counts.set(textOf(job, 'cluster'), (counts.get(textOf(job, 'cluster')) ?? 0) + 1)
    const bucket = textOf(member(member(job, 'decoration_config'), 'gcs_configuration'), 'bucket')
    if (bucket !== '') buckets.add(bucket)
  }
  return {
    overlays: clusters.map(({ overlay, context, objects }) => ({
      overlay: overlay ?? context,
      context,
      components: objects.filter(({ kind }) => WORKLOADS.has(kind)).map(component),
      hosts: [...new Set(objects.flatMap(hostsOf))].toSorted(),
      jobs: counts.get(context) ?? 0,
    })),
    clusters: [...counts].map(([context, jobs]) => ({ context, jobs })).toSorted((a, b) => b.jobs - a.jobs),
    buckets: [...buckets].toSorted(),
  }
}

function component({ kind, namespace, name, value }: ClusterObject): InventoryEntry['components'][number] {
  const spec = member(value, 'spec')
  const template = kind === 'CronJob' ? member(member(spec, 'jobTemplate'), 'spec') : spec
  const pod = member(member(template, 'template'), 'spec')
  const containers = [...mapsOf(pod, 'initContainers'), ...mapsOf(pod, 'containers')]
  return { kind, namespace, name, images: [...new Set(containers.map((each) => textOf(each, 'image')))] }
}

function hostsOf({ kind, value }: ClusterObject): string[] {
  const spec: Value | undefined = member(value, 'spec')
  if (kind === 'Ingress')
    return mapsOf(spec, 'rules')
      .map((rule) => textOf(rule, 'host'))
      .filter((host) => host !== '')
  return kind === 'HTTPRoute' ? textsOf(spec, 'hostnames') : []
}

/** An inventory as a Markdown page. */
export function inventoryMarkdown({ overlays, clusters, buckets }: Inventory): string {
  const lines = ['# Inventory']
  for (const { overlay, context, components, hosts, jobs } of overlays) {
    lines.push('', `## ${cell(overlay)}`, '', `- context: \`${cell(context)}\``, `- jobs: ${jobs}`)
    if (hosts.length > 0) lines.push(`- hosts: ${hosts.map((host) => `\`${cell(host)}\``).join(', ')}`)
    if (components.length === 0) continue
    lines.push('', '| component | kind | namespace | images |', '| --- | --- | --- | --- |')
    for (const { kind, namespace, name, images } of components) {
      lines.push(
        `| ${cell(name)} | ${kind} | ${cell(namespace)} | ${images.map((image) => `\`${cell(image)}\``).join('<br>')} |`,
      )
    }
  }
  lines.push('', '## Clusters that jobs run in', '', '| context | jobs |', '| --- | --- |')
  for (const { context, jobs } of clusters) lines.push(`| ${cell(context)} | ${jobs} |`)
  if (buckets.length > 0)
    lines.push('', '## Buckets', '', ...buckets.map((bucket) => `- \`${cell(bucket)}\``))
  return `${lines.join('\n')}\n`
}

/** An inventory as JSON. @param errors of the overlays that could not be rendered, as data */
export function inventoryJson(
  { overlays, clusters, buckets }: Inventory,
  errors: readonly ValueMap[] = [],
): string {
  const value: ValueMap = {
    version: 1,
    overlays: overlays.map(({ components, hosts, ...entry }) => ({
      ...entry,
      hosts: [...hosts],
      components: components.map(({ images, ...rest }) => ({ ...rest, images: [...images] })),
    })),
    clusters: clusters.map((each) => ({ ...each })),
    buckets: [...buckets],
    ...(errors.length === 0 ? {} : { errors: [...errors] }),
  }
  return `${toJson(value, '  ')}\n`
}

/** Escapes text for a table cell. */
function cell(text: string): string {
  return printable(text).replaceAll('|', '\\|').replaceAll('`', "'").replaceAll('<', '&lt;')
}
