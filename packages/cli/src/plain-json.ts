import type { ValueMap } from '@overlay-render/golden'

/** Data of this program, not of users, as a part of a larger JSON value; members that are undefined are left out. */
export function plainJson(data: object): ValueMap {
  const plain: ValueMap = JSON.parse(JSON.stringify(data))
  return plain
}
