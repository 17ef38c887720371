import { YQ_3 } from '../edition.ts'
import { YqFault } from '../errors.ts'
import { emitTree } from '../printer/emitter.ts'
import { iterateDocuments, type ReadOptions } from '../reader/read.ts'
import { Node } from '../tree/node.ts'
import { runCommands } from './commands.ts'
import type { V3Change, V3Log, V3Warning } from './effects.ts'
import { printJson } from './json.ts'
import { ScriptBudget } from './script-budget.ts'
import { holdsSameData } from './same-data.ts'
import { readScript, type UnknownField } from './script.ts'
import { fromTree, toTree, type V3Node } from './v3-node.ts'

export interface V3Options {
  /** The name of the script in errors, changes and warnings; `script` when absent. */
  readonly scriptName?: string
  /** The name of the base in errors; `base` when absent. */
  readonly baseName?: string
  /** 0-based index of the document to change; 0 when absent. All documents are printed. */
  readonly documents?: number | 'all' | undefined
  /** `-P`: whether to reset all styles; with `json`, whether to print JSON on several lines. */
  readonly prettyPrint?: boolean | undefined
  /** `-j`: whether to print documents as JSON. */
  readonly json?: boolean | undefined
}

export interface V3Result {
  /** The output of `yq write --script` of yq 3.4.1. */
  readonly text: string
  readonly changes: readonly V3Change[]
  readonly warnings: readonly V3Warning[]
}

const PRINTING = { indent: 2, compactSequences: false, edition: YQ_3 }

/**
 * Runs a yq 3 patch script (a list of maps with `command`, `path` and `value`) on a YAML text. Changes one document (the
 * first by default), and prints all. An empty or null base counts as an empty map.
 *
 * @throws YqFault when the script or the base is not YAML, when a command cannot be read or applied, and when there is
 *   no document with the index
 */
export function applyV3Script(script: string, base: string, options: V3Options = {}): V3Result {
  const { scriptName = 'script', baseName = 'base', documents: wanted = 0 } = options
  const source = { file: scriptName, text: script }
  const reading = { headerPreprocess: false, edition: YQ_3 }
  const [scriptRoot] = iterateDocuments(script, { ...reading, fileName: scriptName })
  const { commands, unknownFields } = readScript(scriptRoot ?? undefined, source)
  const log: V3Log = { changes: [], warnings: [] }
  const known = new Map<Node, V3Node>()
  const budget = new ScriptBudget()
  let text = ''
  let count = 0
  let last: Node | undefined
  for (const document of documentsOf(base, { ...reading, fileName: baseName }, wanted)) {
    if (count > 0 && options.json !== true) text += '---\n'
    if (wanted === 'all' || wanted === count) {
      const changed = fromTree(asDocument(document), known)
      runCommands(changed, commands, source, log, budget)
      const root = withPosition(scriptName, () => toTree(changed), unknownFields)
      root.document = document?.document
      text += withPosition(scriptName, () => print(root, scriptName, log, options))
      last = root
    } else if (document !== undefined) {
      text += withPosition(scriptName, () => printDocument(document, options))
    }
    count += 1
  }
  if (typeof wanted === 'number' && wanted >= count) throw documentFault(wanted, count, baseName)
  if (wanted === 'all' && last !== undefined && isNull(last)) throw endlessFault(scriptName)
  for (const { name, meant, position } of unknownFields) {
    log.warnings.push({
      code: 'field-unknown',
      message: `yq 3 ignores \`${name}\``,
      position,
      hint: `did you mean \`${meant}\`?`,
    })
  }
  return { text, ...log }
}

/** Faults of the result get the position of the script's start. The hint names a mistyped field, which may be the cause. */
function withPosition<Result>(
  file: string,
  work: () => Result,
  unknownFields: readonly UnknownField[] = [],
): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    const { position = { file, line: 1, column: 1 } } = error
    const [unknownField] = unknownFields
    const hint =
      unknownField === undefined
        ? error.hint
        : `did you mean \`${unknownField.meant}\` by \`${unknownField.name}\` on line ${unknownField.position.line}?`
    throw error.with({ position, hint })
  }
}

/** The documents of a base. Like yq 3, yields one undefined document if there is none. */
function* documentsOf(
  base: string,
  reading: ReadOptions,
  wanted: number | 'all',
): Generator<Node | undefined, void, undefined> {
  let isEmpty = true
  for (const document of iterateDocuments(base, reading)) {
    isEmpty = false
    yield document
  }
  if (isEmpty && wanted === 0) yield undefined
}

/** At the end of the base, yq 3 checks the last document again, and takes null for a further document. */
function endlessFault(file: string): YqFault {
  return new YqFault({
    code: 'unsupported',
    message: 'the script sets the last document to null, so yq 3 adds documents without end',
    position: { file, line: 1, column: 1 },
  })
}

function isNull({ kind, tag }: Node): boolean {
  return kind === 'scalar' && tag === '!!null'
}

function documentFault(wanted: number, count: number, file: string): YqFault {
  return new YqFault({
    code: 'evaluation-failed',
    message: `${file} has no document ${wanted}, only ${count}`,
    yqMessage: `asked to process document index ${wanted} but there are only ${count} document(s)`,
    hint: 'documents are counted from 0',
    position: { file, line: 1, column: 1 },
  })
}

/** Replaces a document without content by an empty map with the document's comments. */
function asDocument(root: Node | undefined): Node {
  if (root !== undefined && !isNull(root)) return root
  const map = new Node('mapping')
  map.document = root?.document
  return map
}

/** Prints a result, and warns when the text that yq 3 prints is not YAML or is different data. */
function print(root: Node, file: string, log: V3Log, options: V3Options): string {
  const text = printDocument(root, options)
  if (options.json === true) return text
  const position = { file, line: 1, column: 1 }
  try {
    const [read] = iterateDocuments(text, { headerPreprocess: false, edition: YQ_3 })
    if (read === undefined || !holdsSameData(root, read)) {
      log.warnings.push({
        code: 'data-changed',
        message: 'the text that yq 3 prints reads back as different data',
        position,
      })
    }
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    log.warnings.push({
      code: 'output-invalid',
      message: 'yq 3 prints invalid YAML for the result',
      position,
    })
  }
  return text
}

function printDocument(root: Node, { prettyPrint = false, json = false }: V3Options): string {
  if (prettyPrint) clearStyles(root)
  return json ? printJson(root, prettyPrint) : emitTree(root, PRINTING)
}

/** Resets all styles. Unlike yq 4, yq 3 also removes the quotes of strings that look like booleans. */
function clearStyles(root: Node): void {
  const seen = new Set<Node>()
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    node.style = 0
    open.push(...node.content)
  }
}
