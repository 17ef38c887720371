/**
 * The problem with the `${name}` references of `key`'s value, or undefined. Values are never expanded, but yq's library
 * rejects references that cannot be.
 */
export function expansionProblem(key: string, values: ReadonlyMap<string, string>): string | undefined {
  const open: { key: string; references: string[] }[] = []
  const settled = new Set<string>()
  const enter = (name: string): string | undefined => {
    const value = values.get(name) ?? ''
    if (/\$\{[^}]*$/.test(value)) return 'malformed expression'
    open.push({
      key: name,
      references: Array.from(value.matchAll(/\$\{([^}]*)\}/g), ([, reference = '']) => reference),
    })
    return open.length > 64 ? 'expansion too deep' : undefined
  }
  let problem = enter(key)
  for (let top = open.at(-1); top !== undefined && problem === undefined; top = open.at(-1)) {
    const reference = top.references.shift()
    if (reference === undefined) {
      settled.add(top.key)
      open.pop()
    } else if (open.some((entry) => entry.key === reference)) {
      const chain = open.map((entry) => `${entry.key}=${values.get(entry.key) ?? ''}\n`)
      return `circular reference in:\n${chain.join('')}`
    } else if (!settled.has(reference)) problem = enter(reference)
  }
  return problem
}
