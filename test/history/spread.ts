/** Some of the items, spread evenly. */
export function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (count >= items.length) return [...items]
  const step = (items.length - 1) / Math.max(count - 1, 1)
  return Array.from({ length: count }, (_, at) => items[Math.round(at * step)]).filter(
    (item) => item !== undefined,
  )
}
