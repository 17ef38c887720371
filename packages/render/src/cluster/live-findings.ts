import { type LiveComparison, unreadFindings } from '@overlay-render/cluster'
import { formatId, idKey, type ManifestDiff, type Manifests } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

/** The two comparisons of an overlay with its cluster, each with its findings. */
export function liveFindings(
  { change, drift, changedBy, unread, undetermined }: LiveComparison,
  manifests: Manifests,
  { stubs }: { readonly stubs: boolean },
): { readonly change: ManifestDiff; readonly drift: ManifestDiff } {
  const drifted = new Set(drift.resources.map(({ id }) => idKey(id)))
  const byHand = (diff: ManifestDiff, words: string): Finding[] =>
    diff.resources.flatMap(({ id }) => {
      const by = changedBy.get(idKey(id)) ?? []
      return by.length === 0 ? [] : [info('changed-in-cluster', `${formatId(id)} ${words} ${by.join(', ')}`)]
    })
  const deleted = drift.resources
    .filter(({ kind }) => kind === 'removed')
    .map(({ id }) =>
      info(
        'deleted-in-cluster',
        `${formatId(id)} is not in the cluster: it was deleted there, or not applied yet`,
      ),
    )
  const others = change.resources.filter(({ id }) => !drifted.has(idKey(id)))
  const unknown = undetermined.map((id) =>
    info(
      'deleted-or-new',
      `${formatId(id)} is not in the cluster: without a golden or a commit it is unknown whether it is new or was deleted`,
    ),
  )
  return {
    change: {
      ...change,
      findings: [
        ...change.findings,
        ...unreadFindings(unread, manifests),
        ...byHand({ ...change, resources: others }, 'has a last change that was made with'),
        ...unknown,
        ...(stubs ? secretsNote(manifests) : []),
      ],
    },
    // The content of a Secret or a ConfigMap is reported once, with the change.
    drift: { ...drift, findings: [...byHand(drift, 'was changed with'), ...deleted] },
  }
}

function secretsNote({ resources }: Manifests): Finding[] {
  const count = resources.filter(({ id }) => id.apiVersion === 'v1' && id.kind === 'Secret').length
  if (count === 0) return []
  const secrets = count === 1 ? 'one Secret' : `${count} Secrets`
  return [
    info(
      'secrets-not-compared',
      `the values of ${secrets} are not compared with the render, which has stubs`,
    ),
  ]
}

function info(rule: string, message: string): Finding {
  return { rule, severity: 'info', message }
}
