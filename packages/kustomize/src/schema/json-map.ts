/** A map of JSON. */
export type JsonMap = Readonly<Record<string, unknown>>

export function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
