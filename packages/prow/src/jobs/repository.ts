import { mapsOf, textOf, type Value, type ValueMap } from '@overlay-render/golden'

export { entriesOfField, mapsOf, textOf, textsOf } from '@overlay-render/golden'

/** The repository for which settings are looked up; for a periodic, its first extra ref. */
export function settingsRepository(job: ValueMap, repo: string | undefined): string {
  if (repo !== undefined) return repo
  const [first] = mapsOf(job, 'extra_refs')
  return first === undefined ? '' : `${textOf(first, 'org')}/${textOf(first, 'repo')}`
}

/** Whether an entry of settings, with its `repo` and `cluster`, applies to a job. */
export function isAbout(entry: Value, repo: string, cluster: string): boolean {
  const wantedCluster = textOf(entry, 'cluster')
  if (!['', '*', cluster].includes(wantedCluster)) return false
  const wanted = textOf(entry, 'repo')
  if (['', '*', repo].includes(wanted)) return true
  const bare = repo.replace(/^https?:\/\//u, '')
  return wanted === bare || wanted === bare.split('/')[0]
}
