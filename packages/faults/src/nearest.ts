/**
 * Suggestions for an unknown name: at most three known names, nearest first, by edit distance or because one
 * contains the other. For messages such as "unknown overlay".
 */
export function nearestNames(given: string, known: Iterable<string>): string[] {
  const wanted = given.toLowerCase()
  const limit = Math.max(2, Math.floor(given.length / 3))
  return [...known]
    .map((name) => ({ name, distance: likeness(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}

function likeness(a: string, b: string): number {
  if (a.length > 2 && (a.includes(b) || b.includes(a))) return 1
  return editDistance(a, b)
}

/** The Levenshtein distance of two strings, computed with two rows. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitute = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(substitute, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
