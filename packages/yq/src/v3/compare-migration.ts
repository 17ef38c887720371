import { compile } from '../compile.ts'
import { YqFault } from '../errors.ts'
import { printResults } from '../printer/print.ts'
import { readDocuments } from '../reader/read.ts'
import { compareNodes, type Difference } from '../trace/compare-nodes.ts'
import type { Node } from '../tree/node.ts'
import { applyV3Script, type V3Options } from './apply.ts'
import type { MigrationNote } from './migrate.ts'

/** A path at which the data of the two results differ. */
export interface MigrationDifference {
  readonly path: readonly (string | number)[]
  /** The value as short text, undefined for none. */
  readonly yq3: string | undefined
  readonly yq4: string | undefined
}

export interface MigrationComparison {
  readonly differences: readonly MigrationDifference[]
  /** Why one of the two has no result; undefined when both have. */
  readonly failure: string | undefined
  /** Number of nodes with the same data but another style, comment or anchor. */
  readonly restyled: number
  readonly notes: readonly MigrationNote[]
}

const LOOKS: ReadonlySet<string> = new Set(['restyled', 'commented', 'anchored'])

/**
 * Runs a yq 3 script and its translation to yq 4 on a base, and compares the results.
 *
 * @throws YqFault when yq 3 cannot run the script on the base
 */
export function compareMigration(
  script: string,
  expression: string,
  base: string,
  options: V3Options = {},
): MigrationComparison {
  const three = applyV3Script(script, base, options)
  const notes = onlyCreating(three.changes)
  for (const { message, position } of three.warnings) notes.push({ message, position })
  const documents = readDocuments(base, { fileName: options.baseName ?? 'base' })
  const four = attempt(() => printResults(compile(expression).run(documents)))
  if ('failure' in four)
    return { ...NOTHING, failure: `yq 4 cannot run the expression: ${four.failure}`, notes }
  const threes = attempt(() => readDocuments(three.text))
  if ('failure' in threes)
    return { ...NOTHING, failure: `yq 3 prints invalid YAML: ${threes.failure}`, notes }
  const fours = attempt(() => readDocuments(four.result))
  if ('failure' in fours) return { ...NOTHING, failure: `yq 4 prints invalid YAML: ${fours.failure}`, notes }
  return { ...compareDocuments(threes.result, fours.result), failure: undefined, notes }
}

const NOTHING = { differences: [], restyled: 0 } as const

function attempt<Result>(work: () => Result): { readonly result: Result } | { readonly failure: string } {
  try {
    return { result: work() }
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    return { failure: error.sentence }
  }
}

/** A note for each command that only creates nodes. */
function onlyCreating(changes: ReturnType<typeof applyV3Script>['changes']): MigrationNote[] {
  const kinds = new Map<number, Set<string>>()
  for (const { kind, position } of changes) {
    const known = kinds.get(position.line) ?? new Set()
    kinds.set(position.line, known.add(kind))
  }
  const reported = new Set<number>()
  return changes.flatMap(({ path, position }) => {
    if (reported.has(position.line) || kinds.get(position.line)?.size !== 1) return []
    reported.add(position.line)
    if (kinds.get(position.line)?.has('created') !== true) return []
    return [{ message: `this only creates nodes: the base has nothing at ${path.join('.')}`, position }]
  })
}

function compareDocuments(
  threes: readonly Node[],
  fours: readonly Node[],
): Pick<MigrationComparison, 'differences' | 'restyled'> {
  const differences: MigrationDifference[] = []
  let restyled = 0
  for (let index = 0; index < Math.max(threes.length, fours.length); index++) {
    const three = threes[index]
    const four = fours[index]
    if (three === undefined || four === undefined) {
      differences.push({ path: [], yq3: shown(three), yq4: shown(four) })
      continue
    }
    for (const difference of compareNodes(three, four)) {
      if (LOOKS.has(difference.kind) || areNulls(difference)) restyled += 1
      else differences.push(toMigrationDifference(difference))
    }
  }
  return { differences, restyled }
}

/** `~`, `null` and an empty value are equal. */
function areNulls({ before, after }: Difference): boolean {
  return [before, after].every((node) => node?.kind === 'scalar' && node.tag === '!!null')
}

function toMigrationDifference({ path, before, after }: Difference): MigrationDifference {
  return { path, yq3: shown(before), yq4: shown(after) }
}

function shown(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined
  if (node.kind === 'scalar')
    return node.tag === '!!str' ? JSON.stringify(node.value) : node.value || 'nothing'
  if (node.kind === 'alias') return `*${node.value}`
  return node.kind === 'mapping' ? `a map of ${node.content.length / 2}` : `a list of ${node.content.length}`
}
