import { YqFault } from '../errors.ts'
import { ResultPrinter } from '../printer/print.ts'
import { printLeadingContent } from '../printer/leading-content.ts'
import { splitLeadingContent } from '../reader/leading-content.ts'
import { readDocuments } from '../reader/read.ts'
import { Node } from '../tree/node.ts'
import { applyEdits } from './edit.ts'
import { findDifferences } from './find-differences.ts'
import { styleOf, type TextStyle } from './neighbour-style.ts'
import { planEdits, type Plan, type Source } from './plan-edits.ts'
import { fingerprint } from './same-node.ts'

/** How often a text is edited and read again before it is printed anew as a whole. */
const MOST_ATTEMPTS = 24

/**
 * Prints the results of an expression so that every byte of `text`, which they were read from, stays as it was
 * unless its node changed. Changes are made in place; new nodes take the style of their neighbours; what cannot
 * be edited is printed anew, from the smallest block around it upwards. The output is read again to make sure
 * that it gives the results. Results that are not the documents of the text are printed as yq prints them.
 */
export function printPreserved(text: string, results: readonly Node[]): string {
  const { leadingContent, rest, restOffset, gluedAt } = splitLeadingContent(text)
  const indicators = new Map<Node, number>()
  const before = readDocuments(rest, { headerPreprocess: false, indicators })
  const style = styleOf(rest, before)
  const source: Source = { text: rest, indicators, style }
  const printAnew = (): string => printAll(results, style)
  if (rest === '' || gluedAt >= 0) return isUntouched(text, results) ? text : printAnew()
  if (!areDocuments(results, before.length)) return printAnew()
  const forced = new Set<Node>()
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const plans = before.map((root, index) => planEdits(root, results[index] ?? root, source, forced))
    if (plans.some(({ isHopeless }) => isHopeless)) return printAnew()
    const edits = plans.flatMap((plan) => plan.edits)
    const front = printFront(text.slice(0, restOffset), leadingContent, results[0])
    if (edits.length === 0) return front + rest
    const edited = applyEdits(rest, edits)
    const more = toForce(edited, results, plans, forced)
    if (more === undefined) return printAnew()
    if (more.size === 0) return front + edited
    for (const node of more) forced.add(node)
  }
  return printAnew()
}

/** In the style of the text where that gives the results again: some of yq's printing depends on `-I`. */
function printAll(results: readonly Node[], style: TextStyle): string {
  const styled = new ResultPrinter(style).print(results)
  const again = tryToRead(styled, true)
  const isRight =
    again?.length === results.length &&
    results.every((result, index) => {
      const root = again[index]
      return root !== undefined && !findDifferences(root, result).some(({ isData }) => isData)
    })
  return isRight ? styled : new ResultPrinter().print(results)
}

/** For texts that cannot be edited: there is no document, or yq reads one that is not written so. */
function isUntouched(text: string, results: readonly Node[]): boolean {
  const read = readDocuments(text)
  const documents = read.length === 0 ? [new Node('scalar', '!!null')] : read
  return (
    documents.length === results.length &&
    documents.every((root, index) => {
      const result = results[index]
      const isSameFront = frontOf(root) === frontOf(result)
      return result !== undefined && isSameFront && fingerprint(root) === fingerprint(result)
    })
  )
}

function frontOf(root: Node | undefined): string {
  return root?.document?.leadingContent ?? ''
}

function printFront(written: string, leadingContent: string, root: Node | undefined): string {
  const now = frontOf(root)
  return now === leadingContent ? written : printLeadingContent(now, true)
}

/** Whether the results are the documents of the text, all of them and in their order. */
function areDocuments(results: readonly Node[], count: number): boolean {
  return (
    results.length === count &&
    results.every(({ parent, document }, index) => parent === undefined && document?.index === index)
  )
}

/**
 * Reads an edited text and finds the entries that must be printed anew, since they are not what they should
 * be. Undefined when no entry is left to print, so that all must be.
 */
function toForce(
  edited: string,
  results: readonly Node[],
  plans: readonly Plan[],
  forced: ReadonlySet<Node>,
): Set<Node> | undefined {
  const again = tryToRead(edited, false)
  const more = new Set<Node>()
  if (again === undefined || again.length !== results.length) return undefined
  for (const [index, root] of again.entries()) {
    const wanted = results[index]
    const owners = plans[index]?.owners
    if (wanted === undefined || owners === undefined) return undefined
    for (const { path, isData } of findDifferences(root, wanted)) {
      const around = path.map((node) => owners.get(node)).filter((owner) => owner !== undefined)
      const innermost = around.at(-1)
      // A comment that even a block printed anew does not keep is one that yq would lose, too.
      if (!isData && innermost !== undefined && forced.has(innermost)) continue
      const next = around.findLast((owner) => !forced.has(owner))
      if (next === undefined) return undefined
      more.add(next)
    }
  }
  return more
}

function tryToRead(text: string, headerPreprocess: boolean): Node[] | undefined {
  try {
    return readDocuments(text, { headerPreprocess })
  } catch (error) {
    if (error instanceof YqFault) return undefined
    throw error
  }
}
