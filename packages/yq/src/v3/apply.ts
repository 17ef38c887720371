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
import { readScript, type StrayField } from './script.ts'
import { fromTree, toTree, type V3Node } from './v3-node.ts'

export interface V3Options {
  /** The name of the script in errors, changes and warnings; `script` when absent. */
  readonly scriptName?: string
  /** The name of the base in errors; `base` when absent. */
  readonly baseName?: string
  /** The index of the document that is changed, from 0; the first when absent. All are printed. */
  readonly documents?: number | 'all' | undefined
  /** Whether all styles are taken away; with `json`, whether JSON has lines. */
  readonly prettyPrint?: boolean | undefined
  /** Whether documents are printed as JSON. */
  readonly json?: boolean | undefined
}

export interface V3Result {
  /** The bytes that `yq write --script` of yq 3.4.1 prints. */
  readonly text: string
  readonly changes: readonly V3Change[]
  readonly warnings: readonly V3Warning[]
}

const PRINTING = { indent: 2, compactSequences: false, edition: YQ_3 }

/**
 * Runs a yq 3 patch script (`command`, `path` and `value` in a list) over a YAML text. Only the first document
 * is changed; all are printed. A base that is empty or null is taken for an empty map.
 *
 * @throws YqFault when the script or the base is not YAML, when a command cannot be read or applied, and when there
 * is no document of the index
 */
export function applyV3Script(script: string, base: string, options: V3Options = {}): V3Result {
  const { scriptName = 'script', baseName = 'base', documents: wanted = 0 } = options
  const source = { file: scriptName, text: script }
  const reading = { headerPreprocess: false, edition: YQ_3 }
  const [scriptRoot] = iterateDocuments(script, { ...reading, fileName: scriptName })
  const { commands, strayFields } = readScript(scriptRoot ?? undefined, source)
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
      const root = placed(scriptName, () => toTree(changed), strayFields)
      root.document = document?.document
      text += placed(scriptName, () => print(root, scriptName, log, options))
      last = root
    } else if (document !== undefined) {
      text += placed(scriptName, () => printDocument(document, options))
    }
    count += 1
  }
  if (typeof wanted === 'number' && wanted >= count) throw documentFault(wanted, count, baseName)
  if (wanted === 'all' && last !== undefined && isNull(last)) throw endlessFault(scriptName)
  for (const { name, meant, position } of strayFields) {
    log.warnings.push({
      code: 'field-unknown',
      message: `yq 3 ignores \`${name}\``,
      position,
      hint: `did you mean \`${meant}\`?`,
    })
  }
  return { text, ...log }
}

/** What is wrong with the result as a whole is a fault of the script as a whole; a mistyped field explains it better. */
function placed<Result>(file: string, work: () => Result, strayFields: readonly StrayField[] = []): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    const { position = { file, line: 1, column: 1 } } = error
    const [stray] = strayFields
    const hint =
      stray === undefined
        ? error.hint
        : `did you mean \`${stray.meant}\` by \`${stray.name}\` on line ${stray.position.line}?`
    throw error.with({ position, hint })
  }
}

/** The documents of a base. Without any, yq 3 makes up the first. */
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

/** yq 3 looks once more at the last document when there is no other, and takes a null for a new one. */
function endlessFault(file: string): YqFault {
  return new YqFault({
    code: 'unsupported',
    message: 'the script sets the last document to null, and then yq 3 adds more documents',
    position: { file, line: 1, column: 1 },
  })
}

function isNull({ kind, tag }: Node): boolean {
  return kind === 'scalar' && tag === '!!null'
}

function documentFault(wanted: number, count: number, file: string): YqFault {
  return new YqFault({
    code: 'evaluation-failed',
    message: `there is no document ${wanted} in ${file}, which holds ${count}`,
    yqMessage: `asked to process document index ${wanted} but there are only ${count} document(s)`,
    hint: 'documents are counted from 0',
    position: { file, line: 1, column: 1 },
  })
}

/** The map that stands for a document without content, below the comments of that document. */
function asDocument(root: Node | undefined): Node {
  if (root !== undefined && !isNull(root)) return root
  const map = new Node('mapping')
  map.document = root?.document
  return map
}

/** What yq 3 prints is not always YAML, nor always what the tree says: then a warning is due. */
function print(root: Node, file: string, log: V3Log, options: V3Options): string {
  const text = printDocument(root, options)
  if (options.json === true) return text
  const position = { file, line: 1, column: 1 }
  try {
    const [read] = iterateDocuments(text, { headerPreprocess: false, edition: YQ_3 })
    if (read === undefined || !holdsSameData(root, read)) {
      log.warnings.push({
        code: 'data-changed',
        message: 'yq 3 prints the result so that it reads as other data',
        position,
      })
    }
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    log.warnings.push({
      code: 'output-invalid',
      message: 'what yq 3 prints for the result is not valid YAML',
      position,
    })
  }
  return text
}

function printDocument(root: Node, { prettyPrint = false, json = false }: V3Options): string {
  if (prettyPrint) clearStyles(root)
  return json ? printJson(root, prettyPrint) : emitTree(root, PRINTING)
}

/** Unlike that of yq 4, the pretty print of yq 3 takes away every style, also that of texts that look like booleans. */
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
