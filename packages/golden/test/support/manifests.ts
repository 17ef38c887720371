import {
  type Change,
  type DiffRules,
  diffManifests,
  formatPath,
  type ManifestDiff,
  parseManifests,
} from '../../src/index.ts'

/** The comparison of two texts. */
export function diffOf(before: string, after: string, rules: DiffRules = {}): ManifestDiff {
  return diffManifests(
    parseManifests(before, { file: 'before' }),
    parseManifests(after, { file: 'after' }),
    rules,
  )
}

/** A document of any kind with a body below the usual head. */
export function document(
  kind: string,
  name: string,
  body = '',
  apiVersion = 'v1',
  namespace = 'prow',
): string {
  const place = namespace === '' ? '' : `\n  namespace: ${namespace}`
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}${place}\n${body}`
}

/** Each change in one line: what, where, from what, to what. */
export function changesOf(diff: ManifestDiff): string[] {
  return diff.resources.flatMap(({ changes }) => changes.map(showChange))
}

function showChange(change: Change): string {
  const path = formatPath(change.path)
  switch (change.kind) {
    case 'added':
      return `+ ${path}: ${JSON.stringify(change.after)}`
    case 'removed':
      return `- ${path}: ${JSON.stringify(change.before)}`
    case 'replaced':
      return `~ ${path}: ${JSON.stringify(change.before)} -> ${JSON.stringify(change.after)}`
    case 'reordered':
      return `% ${path}: ${change.before.join(' ')} -> ${change.after.join(' ')}`
    case 'text':
      return `# ${path}: ${change.reason} -${change.linesRemoved} +${change.linesAdded}`
  }
}
