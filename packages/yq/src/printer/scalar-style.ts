import { type Node, Style } from '../tree/node.ts'
import type { ScalarAnalysis } from './scalar-analysis.ts'

const QUOTED = Style.double | Style.single | Style.literal | Style.folded

/** The preferred style of a node; plain by default. */
export function wantedStyle(node: Node, mustQuote: boolean): number {
  const { style } = node
  if ((style & QUOTED) === 0) {
    if (mustQuote) return Style.double
    return node.value.includes('\n') ? Style.literal : Style.plain
  }
  if ((style & Style.double) !== 0) return Style.double
  if ((style & Style.single) !== 0) return Style.single
  return (style & Style.literal) !== 0 ? Style.literal : Style.folded
}

/** The context of a scalar that limits its style. */
export interface ScalarPlace {
  readonly isInFlow: boolean
  /** Whether it is a key without `?`. */
  readonly isSimpleKey: boolean
}

/** The style of a printed scalar: the preferred one if it is valid, else quotes. */
export function chooseStyle(
  wanted: number,
  text: string,
  analysis: ScalarAnalysis,
  place: ScalarPlace,
): number {
  const { isInFlow, isSimpleKey } = place
  let style = wanted
  if (isSimpleKey && analysis.isMultiline) style = Style.double
  if (style === Style.plain) {
    const allowsPlain = isInFlow ? analysis.allowsFlowPlain : analysis.allowsBlockPlain
    if (!allowsPlain || (text === '' && (isInFlow || isSimpleKey))) style = Style.single
  }
  if (style === Style.single && !analysis.allowsSingle) style = Style.double
  if (style === Style.literal || style === Style.folded) {
    if (!analysis.allowsBlock || isInFlow || isSimpleKey) style = Style.double
  }
  return style
}
