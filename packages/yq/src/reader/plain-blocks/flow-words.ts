import { COMMA, RIGHT_BRACE, RIGHT_BRACKET } from '../characters.ts'
import { spacesAt } from './line.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

const WORD = /[\w./$][\w./$+=~^-]*|"[^"\\\n]*"|'[^'\n]*'/y

export interface FlowWords {
  /** Offsets of each word: the items of a sequence, or the keys and values of a mapping alternately. */
  readonly ranges: readonly (readonly [start: number, end: number])[]
  /** The offset after the closing bracket. */
  readonly end: number
}

/**
 * Finds the words of the flow collection at `offset`, which must be on one line.
 *
 * @throws NotPlainBlocks when it contains anything but words and quoted scalars without escapes
 */
export function findFlowWords(text: string, offset: number, kind: 'mapping' | 'sequence'): FlowWords {
  const close = kind === 'mapping' ? RIGHT_BRACE : RIGHT_BRACKET
  const ranges: [number, number][] = []
  const takeWord = (start: number): number => {
    WORD.lastIndex = start
    if (!WORD.test(text)) throw new NotPlainBlocks()
    ranges.push([start, WORD.lastIndex])
    return WORD.lastIndex
  }
  let at = offset + 1
  at += spacesAt(text, at)
  if (text.charCodeAt(at) === close) return { ranges, end: at + 1 }
  for (;;) {
    at = takeWord(at)
    if (kind === 'mapping') {
      if (!text.startsWith(': ', at)) throw new NotPlainBlocks()
      at = takeWord(at + 1 + spacesAt(text, at + 1))
    }
    at += spacesAt(text, at)
    if (text.charCodeAt(at) !== COMMA) break
    at += 1 + spacesAt(text, at + 1)
  }
  if (text.charCodeAt(at) !== close) throw new NotPlainBlocks()
  return { ranges, end: at + 1 }
}
