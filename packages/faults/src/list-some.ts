/** The first names of a list for a message, and how many there are besides: `a, b and 3 more`. */
export function listSome(names: readonly string[], most: number, count: number = names.length): string {
  const shown = names.slice(0, most)
  const more = count - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
