import { isMap, member, type Value, type ValueMap } from '@overlay-render/golden'

/** The text of a field, '' when there is none. */
export function textOf(value: Value | undefined, key: string): string {
  const found = member(value, key)
  return typeof found === 'string' ? found : ''
}

/** The items of a list that are maps. */
export function mapsOf(value: Value | undefined, key: string): ValueMap[] {
  const found = member(value, key)
  return Array.isArray(found) ? found.filter(isMap) : []
}

/** The items of a list that are texts. */
export function textsOf(value: Value | undefined, key: string): string[] {
  const found = member(value, key)
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : []
}

/** The entries of a map field. */
export function entriesOfField(value: Value | undefined, key: string): [string, Value][] {
  const found = member(value, key)
  return isMap(found) ? Object.entries(found) : []
}

/** The repository that settings by repository are looked up for: of a periodic, its first extra ref. */
export function settingsRepository(job: ValueMap, repo: string | undefined): string {
  if (repo !== undefined) return repo
  const [first] = mapsOf(job, 'extra_refs')
  return first === undefined ? '' : `${textOf(first, 'org')}/${textOf(first, 'repo')}`
}

/** Whether an entry of settings, with its `repo` and `cluster`, is about a job. */
export function isAbout(entry: Value, repo: string, cluster: string): boolean {
  const wantedCluster = textOf(entry, 'cluster')
  if (!['', '*', cluster].includes(wantedCluster)) return false
  const wanted = textOf(entry, 'repo')
  if (['', '*', repo].includes(wanted)) return true
  const bare = repo.replace(/^https?:\/\//u, '')
  return wanted === bare || wanted === bare.split('/')[0]
}
