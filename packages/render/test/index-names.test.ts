import { expect, test } from 'vitest'

import { seededDraw } from '../../../test/differential/draw.ts'
import { IndexNames } from '../src/git-index/index-names.ts'

const PARTS = ['a', 'b', 'a.b', 'a-', 'a0', 'é', '\u{1f600}', '~', ' ', '\n'] as const

function sorted(names: ReadonlySet<string>, tag: string): Buffer {
  const bytes = [...names].map((name) => Buffer.from(`${name}\0`)).sort(Buffer.compare)
  return Buffer.concat(bytes.flatMap((name) => [Buffer.from(tag), name]))
}

test('has finds exactly the names of the list, and hasBelow exactly the folders above them', () => {
  const draw = seededDraw(3)
  const drawName = (): string =>
    Array.from({ length: 1 + draw.below(3) }, () => PARTS[draw.below(PARTS.length)]).join('/')
  for (let round = 0; round < 400; round++) {
    const names = new Set(Array.from({ length: draw.below(12) }, drawName))
    // git writes a letter before a name if it is asked to.
    const tag = round % 2 === 0 ? '' : 'H '
    const index = new IndexNames(sorted(names, tag), tag.length)
    for (let asked = 0; asked < 30; asked++) {
      const name = drawName()
      expect(index.has(name)).toBe(names.has(name))
      expect(index.hasBelow(name)).toBe([...names].some((other) => other.startsWith(`${name}/`)))
    }
  }
})
