import { YQ_3 } from '../edition.ts'
import { YqFault } from '../errors.ts'
import { emitTree } from '../printer/emitter.ts'
import { iterateDocuments } from '../reader/read.ts'
import { Node } from '../tree/node.ts'
import { runCommands } from './commands.ts'
import type { V3Change, V3Log, V3Warning } from './effects.ts'
import { holdsSameData } from './same-data.ts'
import { readScript } from './script.ts'
import { fromTree, toTree } from './v3-node.ts'

export interface V3Options {
  /** The name of the script in errors, changes and warnings; `script` when absent. */
  readonly scriptName?: string
  /** The name of the base in errors; `base` when absent. */
  readonly baseName?: string
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
 * @throws YqFault when the script or the base is no YAML, and when a command cannot be read or applied
 */
export function applyV3Script(script: string, base: string, options: V3Options = {}): V3Result {
  const { scriptName = 'script', baseName = 'base' } = options
  const source = { file: scriptName, text: script }
  const reading = { headerPreprocess: false, edition: YQ_3 }
  const [scriptRoot] = iterateDocuments(script, { ...reading, fileName: scriptName })
  const { commands, strayFields } = readScript(scriptRoot ?? undefined, source)
  const documents = iterateDocuments(base, { ...reading, fileName: baseName })
  const first = asDocument(documents.next().value ?? undefined)
  const changed = fromTree(first)
  const log = runCommands(changed, commands, source)
  for (const { name, meant, position } of strayFields) {
    log.warnings.push({
      code: 'field-unknown',
      message: `yq 3 passes over \`${name}\``,
      position,
      hint: `did you mean \`${meant}\`?`,
    })
  }
  const root = toTree(changed)
  root.document = first.document
  let text = print(root, source.file, log)
  for (const document of documents) text += `---\n${emitTree(document, PRINTING)}`
  return { text, ...log }
}

/** The map that stands for a document without content, below the comments of that document. */
function asDocument(root: Node | undefined): Node {
  if (root !== undefined && !(root.kind === 'scalar' && root.tag === '!!null')) return root
  const map = new Node('mapping')
  map.document = root?.document
  return map
}

/** What yq 3 prints is not always YAML, nor always what the tree says: then a warning is due. */
function print(root: Node, file: string, log: V3Log): string {
  const text = emitTree(root, PRINTING)
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
      message: 'what yq 3 prints for the result is no valid YAML',
      position,
    })
  }
  return text
}
