import { resolve } from 'node:path'

import type { Value } from '@overlay-render/golden'
import { type Position, positionAt } from '@overlay-render/system'
import { type Node, readDocuments, Style, YqFault } from '@overlay-render/yq'

import type { LaidBy } from '../laid-file.ts'
import type { Stage } from '../stage.ts'
import { templateLocator } from './template-lines.ts'
import {
  type ExplainStep,
  type Path,
  plainOf,
  retrace,
  scalarsOf,
  type Traced,
  tracedAt,
  traceDocument,
  type TracedScalar,
} from './traced-value.ts'

/** An object or document of a staged file. */
export interface SourceDocument {
  /** Where it starts in the staged text. */
  readonly at: number
  readonly traced: Traced
}

/** The files of a stage, each scalar traced to the place that a person can change. */
export class StagedSources {
  readonly #stage: Stage
  /** What `load` of an edit is relative to. */
  readonly #folder: string
  readonly #shown: (path: string) => string
  readonly #known = new Map<string, readonly SourceDocument[]>()

  /** @param folder the overlay's */
  constructor(stage: Stage, folder: string, shown: (path: string) => string) {
    this.#stage = stage
    this.#folder = folder
    this.#shown = shown
  }

  /** The documents of the staged file at a real path, a list of objects as its items; empty for what is not YAML. */
  documents(real: string): readonly SourceDocument[] {
    const known = this.#known.get(real)
    if (known !== undefined) return known
    // Found again while it is read, it is nothing: an edit may load the file that it edits.
    this.#known.set(real, [])
    const documents = this.#read(real)
    this.#known.set(real, documents)
    return documents
  }

  /** Where a staged file comes from: the user's file, or what made it. */
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
    const step = { kind: 'stub', title: `a stub, in the place of ${file}`, position: undefined } as const
    return { step, position: start(file) }
  }

  /** What of a staged file was not taken as it is: templates, edits, scripts, in order. */
  steps(real: string): ExplainStep[] {
    return this.#stage.history(real).flatMap((by) => stepOf(by) ?? [])
  }

  /**
   * The place of the user's tree for one of the stage: files that were taken over from another overlay are there, what a template
   * or an edit made is at its own place.
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

/** The place of the first scalar of a tree. */
function placeOf(traced: Traced): Position | undefined {
  for (const { scalar } of scalarsOf(traced)) {
    const place = scalar.events.at(-1)?.position
    if (place !== undefined) return place
  }
  return undefined
}

/** The path of the innermost node that holds an offset. */
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

function fileStep(file: string): ExplainStep {
  return { kind: 'file', title: file, position: { file, line: 1, column: 1 } }
}

function editStep(file: string, position: Position): ExplainStep {
  return { kind: 'edit', title: `the edit of ${file}`, position }
}

function stepOf(by: LaidBy): ExplainStep | undefined {
  switch (by.kind) {
    case 'template':
      return { kind: 'template', title: `template ${by.file}`, position: by.setting.position }
    case 'edit':
      return editStep(by.setting.file, by.setting.position)
    case 'config':
      return by.script === undefined
        ? undefined
        : { kind: 'script', title: by.script.file, position: { file: by.script.file, line: 1, column: 1 } }
    case 'copy':
    case 'stub':
    case 'vendored':
      return undefined
  }
}

/** The base config's documents, and what the script made of them. */
function configDocuments(
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

type ScriptChanges = (LaidBy & { readonly kind: 'config' })['rendered']['changes']

/** Finds the place in a script that set a value: the value as it is written there, else the assignment. */
function makeScriptLocator(
  changes: ScriptChanges,
  { file, bytes }: { readonly file: string; readonly bytes: Uint8Array },
): (path: Path, value: unknown) => Position {
  const text = Buffer.from(bytes).toString('utf8')
  const lines = text.split('\n')
  const offsetOf = ({ line, column }: Position): number =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1
  const starts = [...new Set(changes.map(({ position }) => offsetOf(position)))].sort((a, b) => a - b)
  return (path, value) => {
    const change =
      changes.findLast((candidate) => leadsTo(candidate.path, path)) ??
      changes.findLast((candidate) => candidate.path[0] === path[0])
    if (change === undefined) return { file, line: 1, column: 1 }
    const start = offsetOf(change.position)
    const end = starts.find((offset) => offset > start) ?? text.length
    const at = findLiteral(text.slice(start, end), value, path.at(-1))
    return at === undefined ? change.position : positionAt(file, text, start + at)
  }
}

function leadsTo(start: Path, path: Path): boolean {
  return start.length <= path.length && start.every((step, index) => String(step) === String(path[index]))
}

/** Where a value is written in a statement: behind its key, else in the only place. */
function findLiteral(
  statement: string,
  value: unknown,
  key: string | number | undefined,
): number | undefined {
  const text = String(value)
  const forms = typeof value === 'string' ? [JSON.stringify(text), `'${text}'`, text] : [text]
  for (const form of forms) {
    const places: number[] = []
    for (let at = statement.indexOf(form); at >= 0; at = statement.indexOf(form, at + form.length)) {
      const around = `${statement[at - 1] ?? ' '}${statement[at + form.length] ?? ' '}`
      if (!/\w/u.test(around) || /^["']/u.test(form)) places.push(at)
    }
    const keyed = places.filter((at) =>
      new RegExp(`${escape(String(key))}["']?\\s*\\|?[:=]\\s*$`, 'u').test(
        statement.slice(Math.max(0, at - 200), at),
      ),
    )
    const [only] = keyed.length > 0 ? keyed : places
    if (only !== undefined && (keyed.length > 0 || places.length === 1)) return only
  }
  return undefined
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')
}

/** The documents of a text, each list of objects as its items. */
function documentsOf(
  text: string,
  file: string,
  step: ExplainStep,
  locate: (offset: number) => Position | undefined,
): SourceDocument[] {
  return parts(text, file).map((node) => ({
    at: node.start,
    traced: traceDocument(node, step, locate, (scalar, traced) =>
      withFile(scalar, traced, step, text, locate),
    ),
  }))
}

/** A block of text that is a YAML file is traced to its own lines. */
function withFile(
  node: Node,
  traced: TracedScalar,
  step: ExplainStep,
  text: string,
  locate: (offset: number) => Position | undefined,
): TracedScalar {
  if (!looksLikeFile(node.value)) return traced
  const start = locate(node.start)
  const isBlock = (node.style & Style.literal) !== 0
  const content = text.slice(text.indexOf('\n', node.start) + 1)
  const indent = /^(?:[ \t]*\n)*( *)/u.exec(content)?.[1]?.length ?? 0
  const inner = (offset: number): Position | undefined => {
    if (start === undefined || !isBlock) return start
    const { line, column } = positionAt(start.file, node.value, offset)
    return { file: start.file, line: start.line + line, column: indent + column }
  }
  return { ...traced, file: () => traceFile(node.value, step, inner) }
}

/** The tree of a text that is one YAML document, a map or a list. */
export function traceFile(
  text: string,
  step: ExplainStep,
  locate: (offset: number) => Position | undefined,
): Traced | undefined {
  const [node, second] = parts(text, 'text')
  if (node === undefined || second !== undefined || (node.kind !== 'mapping' && node.kind !== 'sequence'))
    return undefined
  return traceDocument(node, step, locate)
}

export function looksLikeFile(text: string): boolean {
  return text.includes('\n') && /:|^- /mu.test(text)
}

/** The documents of a text; none where it is not YAML. */
export function parts(text: string, file: string): Node[] {
  try {
    // What yq takes off the front of a text would be missing in the offsets.
    return readDocuments(text, { fileName: file, headerPreprocess: false })
      .filter((root) => root.kind !== 'scalar' || root.value !== '')
      .flatMap((root) => itemsOfList(root) ?? [root])
  } catch (error) {
    if (error instanceof YqFault) return []
    throw error
  }
}

/** The items of an object whose kind is a list. */
function itemsOfList(root: Node): Node[] | undefined {
  if (root.kind !== 'mapping') return undefined
  const member = (name: string): Node | undefined =>
    root.content.find((_node, index) => index % 2 === 1 && root.content[index - 1]?.value === name)
  const items = member('items')
  const isList = member('kind')?.value.endsWith('List') === true
  return isList && items?.kind === 'sequence' && items.content.length > 0 ? items.content : undefined
}

export function plainValue(node: Node): Value {
  return plainOf(traceDocument(node, { kind: 'file', title: '', position: undefined }, () => undefined))
}
