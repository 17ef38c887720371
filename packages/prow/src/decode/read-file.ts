import type { Value, ValueMap } from '@overlay-render/golden'
import { Fault, type Finding, findTextProblem } from '@overlay-render/system'
import { decodeText, iterateDocuments, type Node } from '@overlay-render/yq'

import { structNamed } from '../schema/type.ts'
import { AliasBudget, AliasFault } from './aliases.ts'
import { decode } from './decode.ts'
import { type Origins, positionOfNode } from './origins.ts'

/** A file of the user's tree: its path with `/`, as in messages, and its content. */
export interface SourceFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** A file as Prow decodes it, and the findings in it. */
export interface DecodedFile {
  readonly file: SourceFile
  readonly value: ValueMap
  readonly findings: readonly Finding[]
  /** Whether the file could be parsed. */
  readonly readable: boolean
}

/** Decodes the first document of a file into the Go type `type`. A file that is not YAML becomes a finding. */
export function readFile(file: SourceFile, type: string, origins: Origins): DecodedFile {
  const struct = structNamed(type)
  const findings: Finding[] = []
  const report = (finding: Finding): void => void findings.push(finding)
  try {
    const root = firstDocument(file, report)
    const value: Value =
      root === undefined ? struct.zero : decode(root, struct, { origins, report, budget: new AliasBudget() })
    return { file, value: isMapValue(value) ? value : struct.zero, findings, readable: true }
  } catch (error) {
    findings.push(unreadable(file, error))
    return { file, value: struct.zero, findings, readable: false }
  }
}

function isMapValue(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Prow reads only the first document of a file and silently ignores others. */
function firstDocument(file: SourceFile, report: (finding: Finding) => void): Node | undefined {
  const text = decodeText(file.bytes, file.path)
  const documents = iterateDocuments(text, { fileName: file.path, headerPreprocess: false })
  const { value: first, done } = documents.next()
  if (done === true) return undefined
  const { value: second, done: single } = documents.next()
  if (single !== true && !(second.kind === 'scalar' && second.value === '')) {
    report({
      rule: 'further-document',
      severity: 'error',
      message: 'Prow reads only the first document of a file, and ignores the rest',
      position: positionOfNode(second),
      hint: 'move it to a file of its own, or remove the separator',
    })
  }
  return first
}

function unreadable(file: SourceFile, error: unknown): Finding {
  const start = { file: file.path, line: 1, column: 1 }
  const base = {
    rule: 'not-yaml',
    severity: 'error' as const,
    hint: 'correct it: until then Prow refuses the whole configuration',
  }
  if (error instanceof AliasFault) {
    const position = error.node === undefined ? start : positionOfNode(error.node)
    return { ...base, message: error.message, position }
  }
  if (!(error instanceof Fault)) throw error
  const unfit = findTextProblem(file.bytes)
  if (unfit === undefined) return { ...base, message: error.sentence, position: error.position ?? start }
  const { problem, hint, line, column } = unfit
  return { ...base, message: `this file ${problem}`, position: { file: file.path, line, column }, hint }
}
