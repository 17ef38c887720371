import { resolve } from 'node:path'

import { type Position, positionAt } from '@overlay-render/system'
import type { Node } from '@overlay-render/yq'

import type { LaidBy } from '../laid-file.ts'
import type { Stage } from '../stage.ts'
import { configDocuments } from './config-documents.ts'
import { retrace } from './retrace.ts'
import { documentsOf, parts, plainValue, type SourceDocument } from './source-documents.ts'
import { editStep, fileStep, stepOf } from './source-steps.ts'
import { templateLocator } from './template-lines.ts'
import { type ExplainStep, type Path, scalarsOf, type Traced, tracedAt } from './traced-value.ts'

/** The files of a stage, each scalar traced to the place in the user's files where it can be changed. */
export class StagedSources {
  readonly #stage: Stage
  /** The folder that `load` in an edit is relative to. */
  readonly #folder: string
  readonly #shown: (path: string) => string
  readonly #known = new Map<string, readonly SourceDocument[]>()

  /** @param folder the folder of the overlay */
  constructor(stage: Stage, folder: string, shown: (path: string) => string) {
    this.#stage = stage
    this.#folder = folder
    this.#shown = shown
  }

  /** The documents of the staged file at a real path, each list of objects as its items; empty for a file that is not YAML. */
  documents(real: string): readonly SourceDocument[] {
    const known = this.#known.get(real)
    if (known !== undefined) return known
    // An edit may load the file that it edits: while the file is read, it counts as empty.
    this.#known.set(real, [])
    const documents = this.#read(real)
    this.#known.set(real, documents)
    return documents
  }

  /** The origin of a staged file: the user's file, or the step that made it. */
  origin(real: string): { readonly step: ExplainStep; readonly position: Position } {
    const [first] = this.#stage.history(real)
    const start = (file: string): Position => ({ file, line: 1, column: 1 })
    if (first?.kind === 'template') {
      const { setting, file } = first
      const isFile = 'from' in setting.source
      const step = { kind: 'template', title: `template ${file}`, position: setting.position } as const
      return { step, position: isFile ? start(file) : setting.position }
    }
    if (first?.kind === 'config') {
      const { base } = first
      return { step: fileStep(base.file), position: start(base.file) }
    }
    const file = this.#shown(first?.kind === 'copy' ? first.from : real)
    if (first?.kind !== 'stub') return { step: fileStep(file), position: start(file) }
    const step = { kind: 'stub', title: `a stub instead of ${file}`, position: undefined } as const
    return { step, position: start(file) }
  }

  /** The steps that changed a staged file, in order: templates, edits, scripts. */
  steps(real: string): ExplainStep[] {
    return this.#stage.history(real).flatMap((by) => stepOf(by) ?? [])
  }

  /**
   * Maps a position in the stage to the user's tree: a file copied from another overlay is there, and the output of a template or
   * an edit is at its setting.
   */
  userPosition(real: string, position: Position): Position {
    const history = this.#stage.history(real)
    const copied = history.find((by) => by.kind === 'copy')
    if (history.every((by) => by.kind === 'copy'))
      return copied === undefined ? position : { ...position, file: this.#shown(copied.from) }
    const text = this.text(real)
    const offset = offsetAt(text, position)
    for (const { node, traced } of this.#nodes(real, text)) {
      const found = tracedAt(traced, pathAt(node, offset))
      if (node.start <= offset && offset < node.end && found !== undefined)
        return placeOf(found) ?? this.origin(real).position
    }
    return this.origin(real).position
  }

  #nodes(real: string, text: string): { readonly node: Node; readonly traced: Traced }[] {
    const documents = this.documents(real)
    return parts(text, real).flatMap((node, index) => {
      const traced = documents[index]?.traced
      return traced === undefined ? [] : [{ node, traced }]
    })
  }

  /** The text of the staged file at a real path. */
  text(real: string): string {
    return Buffer.from(this.#stage.read(real)).toString('utf8')
  }

  #read(real: string): readonly SourceDocument[] {
    const history = this.#stage.history(real)
    const final = this.text(real)
    const edits = history.filter((by) => by.kind === 'edit')
    const texts = [...edits.map(({ before }) => Buffer.from(before).toString('utf8')), final]
    let documents = this.#begin(real, history[0], texts[0] ?? final)
    for (const [index, edit] of edits.entries()) {
      documents = this.#afterEdit(documents, edit, texts[index + 1] ?? final)
    }
    return documents
  }

  #begin(real: string, first: LaidBy | undefined, text: string): SourceDocument[] {
    if (first?.kind === 'config') return configDocuments(first, text)
    const { step, position } = this.origin(real)
    const { file } = position
    if (first?.kind === 'template') {
      const isFile = 'from' in first.setting.source
      const locate = isFile ? templateLocator(file, first.text, text) : () => position
      return documentsOf(text, file, step, locate)
    }
    return documentsOf(text, file, step, (offset) => positionAt(file, text, offset))
  }

  #afterEdit(
    before: readonly SourceDocument[],
    { setting }: LaidBy & { readonly kind: 'edit' },
    text: string,
  ): SourceDocument[] {
    const step = editStep(setting.file, setting.position)
    const loaded = [...setting.expression.matchAll(/load\w*\(\s*"([^"]+)"\s*\)/gu)].flatMap(([, name = '']) =>
      this.#loaded(name),
    )
    return parts(text, setting.file).map((node, index) => ({
      at: node.start,
      traced: retrace(before[index]?.traced, plainValue(node), (path, value) => ({
        step,
        position: findLoaded(loaded, path, value) ?? setting.position,
      })),
    }))
  }

  #loaded(name: string): Traced[] {
    const opened = this.#stage.open(resolve(this.#folder, name))
    return opened.outcome === 'file' ? this.documents(opened.real).map(({ traced }) => traced) : []
  }
}

/** The position of the first scalar of a tree. */
function placeOf(traced: Traced): Position | undefined {
  for (const { scalar } of scalarsOf(traced)) {
    const place = scalar.events.at(-1)?.position
    if (place !== undefined) return place
  }
  return undefined
}

/** The path of the innermost node at an offset. */
function pathAt(root: Node, offset: number): Path {
  const path: (string | number)[] = []
  for (let node: Node | undefined = root; node !== undefined;) {
    const { content, kind }: Node = node
    const index: number = content.findIndex(
      (child, at) =>
        (kind === 'sequence' || at % 2 === 1) &&
        child.start <= offset &&
        offset < Math.max(child.end, child.start + 1),
    )
    const child: Node | undefined = content[index]
    if (child !== undefined) path.push(kind === 'sequence' ? index : (content[index - 1]?.value ?? ''))
    node = child
  }
  return path
}

function offsetAt(text: string, { line, column }: Position): number {
  const lines = text.split('\n')
  return lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1
}

function findLoaded(loaded: readonly Traced[], path: Path, value: unknown): Position | undefined {
  for (const traced of loaded) {
    const found = tracedAt(traced, path)
    if (found?.kind === 'scalar' && String(found.value) === String(value))
      return found.events.at(-1)?.position
  }
  return undefined
}
