import { YqFault } from '../errors.ts'
import { ResultPrinter } from '../printer/print.ts'
import { printLeadingContent } from '../printer/leading-content.ts'
import { splitLeadingContent } from '../reader/leading-content.ts'
import { readDocuments } from '../reader/read.ts'
import { Node } from '../tree/node.ts'
import { documentEdit } from './document-edit.ts'
import { applyEdits } from './edit.ts'
import { findDifferences } from './find-differences.ts'
import { styleOf, type TextStyle } from './neighbour-style.ts'
import { commentLines, withoutOuterComments, withoutTail } from './outer-comments.ts'
import { planEdits, type Plan } from './plan-edits.ts'
import type { Source } from './source.ts'
import { fingerprint } from './same-node.ts'

/** How often a text is edited and verified before it is reprinted as a whole. */
const MAX_ATTEMPTS = 24

/**
 * Prints the results of an expression, keeping every byte of `text`, from which they were read, unless its node changed.
 * Changes are made in place, and new nodes take the style of their neighbours. A part that cannot be edited is reprinted,
 * starting with the smallest block around it. The output is read again to verify that it has the results' data. Results
 * that are not the documents of the text are printed as yq prints them.
 */
export function printPreserved(text: string, results: readonly Node[]): string {
  const { leadingContent, rest, restOffset, joinedAt } = splitLeadingContent(text)
  const written = readDocuments(rest, { headerPreprocess: false })
  const last = results.at(-1)
  const foot = last?.footComment ?? ''
  const hasNewFoot = foot !== (written.at(-1)?.footComment ?? '')
  const body = hasNewFoot ? withoutTail(rest, written) : rest
  const indicators = new Map<Node, number>()
  const before = readDocuments(body, { headerPreprocess: false, indicators })
  const style = styleOf(body, before)
  const source: Source = { text: body, indicators, style }
  const printAnew = (): string => printAll(results, style)
  if (rest === '' || joinedAt >= 0) return isUntouched(text, results) ? text : printAnew()
  if (!areDocuments(results, before.length)) return printAnew()
  const [first] = results
  const head = before[0]?.headComment === first?.headComment ? '' : (first?.headComment ?? '')
  const front =
    printFront(text.slice(0, restOffset), leadingContent, first) + commentLines(head, style.lineBreak)
  const back = hasNewFoot ? commentLines(foot, style.lineBreak) : ''
  const edit = (): string | undefined => editBody(source, before, results)
  const edited = withoutOuterComments(results, hasNewFoot, () =>
    withoutOuterComments(before, hasNewFoot, edit),
  )
  if (edited === undefined) return printAnew()
  return front + (back === '' || edited.endsWith('\n') ? edited : edited + style.lineBreak) + back
}

/** The edited text; undefined when it does not represent the results. */
function editBody(source: Source, before: readonly Node[], results: readonly Node[]): string | undefined {
  const { text, style } = source
  const reprinted: Reprinted = { entries: new Set(), documents: new Set() }
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const plans = before.map((root, index) =>
      planEdits(root, results[index] ?? root, source, reprinted.entries),
    )
    for (const [index, { needsFullReprint }] of plans.entries())
      if (needsFullReprint) reprinted.documents.add(index)
    const edits = plans.flatMap((plan, index) => {
      if (!reprinted.documents.has(index)) return plan.edits
      return documentEdit(text, before, index, results[index] ?? new Node('scalar'), style) ?? []
    })
    if (edits.length === 0 && reprinted.documents.size === 0) return text
    const edited = applyEdits(text, edits)
    const verdict = judge(edited, results, plans, reprinted)
    if (verdict === 'right') return edited
    if (verdict === 'wrong') return undefined
  }
  return undefined
}

/** The parts to reprint instead of edit: entries, by item or key, and documents, by index. */
interface Reprinted {
  readonly entries: Set<Node>
  readonly documents: Set<number>
}

/** Prints all results in the style of the text, or in yq's style if the former changes their data: yq's output depends on `-I`. */
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

/** Whether a text that cannot be edited is unchanged: it has no document, or yq reads one that is not in the text. */
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

/** Whether the results are exactly the documents of the text, in order. */
function areDocuments(results: readonly Node[], count: number): boolean {
  return (
    results.length === count &&
    results.every(({ parent, document }, index) => parent === undefined && document?.index === index)
  )
}

/**
 * Reads an edited text and compares it with the results. For each difference, adds the innermost entry around it that is
 * not yet reprinted to `reprinted`, or the document if there is none.
 */
function judge(
  edited: string,
  results: readonly Node[],
  plans: readonly Plan[],
  reprinted: Reprinted,
): 'right' | 'better' | 'wrong' {
  const again = tryToRead(edited, false)
  if (again === undefined || again.length !== results.length) return 'wrong'
  let verdict: 'right' | 'better' = 'right'
  for (const [index, root] of again.entries()) {
    const wanted = results[index]
    const owners = plans[index]?.owners
    if (wanted === undefined || owners === undefined) return 'wrong'
    for (const { path, isData } of findDifferences(root, wanted)) {
      const around = path.map((node) => owners.get(node)).filter((owner) => owner !== undefined)
      const innermost = around.at(-1)
      // A comment that even reprinting loses would also be lost by yq.
      const isReprinted =
        reprinted.documents.has(index) || (innermost !== undefined && reprinted.entries.has(innermost))
      if (!isData && isReprinted) continue
      if (reprinted.documents.has(index)) return 'wrong'
      const next = around.findLast((owner) => !reprinted.entries.has(owner))
      if (next === undefined) reprinted.documents.add(index)
      else reprinted.entries.add(next)
      verdict = 'better'
    }
  }
  return verdict
}

function tryToRead(text: string, headerPreprocess: boolean): Node[] | undefined {
  try {
    return readDocuments(text, { headerPreprocess })
  } catch (error) {
    if (error instanceof YqFault) return undefined
    throw error
  }
}
