import { positionAt } from '@overlay-render/system'

import type { LaidBy } from '../laid-file.ts'
import { retrace } from './retrace.ts'
import { makeScriptLocator } from './script-locator.ts'
import { documentsOf, parts, plainValue, type SourceDocument } from './source-documents.ts'
import { fileStep } from './source-steps.ts'
import type { ExplainStep } from './traced-value.ts'

/** The documents of a config: those of its base, with the values that the script changed traced to the script. */
export function configDocuments(
  { base, script, rendered }: LaidBy & { readonly kind: 'config' },
  text: string,
): SourceDocument[] {
  const baseText = Buffer.from(base.bytes).toString('utf8')
  const documents = documentsOf(baseText, base.file, fileStep(base.file), (offset) =>
    positionAt(base.file, baseText, offset),
  )
  if (script === undefined) return documents
  const step: ExplainStep = {
    kind: 'script',
    title: script.file,
    position: { file: script.file, line: 1, column: 1 },
  }
  const find = makeScriptLocator(rendered.changes, script)
  return parts(text, base.file).map((node, index) => ({
    at: node.start,
    traced: retrace(documents[index]?.traced, plainValue(node), (path, value) => ({
      step,
      position: find(path, value),
    })),
  }))
}
