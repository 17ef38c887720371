import { dirname, resolve } from 'node:path'

import { findTextProblem } from '@overlay-render/system'

import { atSettingAsync } from './at-setting.ts'
import type { Overlay } from './overlays.ts'
import { readInput } from './read-input.ts'
import { RenderFault } from './render-fault.ts'
import type { Stage } from './stage.ts'
import type { ResolvedValues } from './templates/resolve-values.ts'
import type { LeasedEngine } from './templates/shared-engine.ts'
import type { FileValue } from './templates/value-setting.ts'
import type { TemplateSetting } from './workspace-config.ts'

/** The files that templates made, and those of them whose template names a stub value. */
export interface RenderedTemplates {
  readonly laid: ReadonlySet<string>
  readonly stubbed: ReadonlySet<string>
}

/**
 * Renders the templates of an overlay into the stage. With stub secrets their values are stubs, so a secret file that a template
 * makes is a stub as well.
 *
 * @throws RenderFault `template-missing`, `template-invalid` or `outside-boundary`
 */
export async function renderTemplates(
  stage: Stage,
  overlay: Overlay,
  { values, secrets, stubbed }: ResolvedValues,
  engine: Pick<LeasedEngine, 'render'>,
  { workspace, shown, mayShow, signal }: TemplatePlace,
): Promise<RenderedTemplates> {
  const laid = new Set<string>()
  const ofStubs = new Set<string>()
  const hidesValues = secrets.length > 0
  for (const template of overlay.settings.templates) {
    const target = resolve(overlay.folder, template.to)
    await atSettingAsync(template.position, nameOfText(template), async () => {
      const { text, file, real } = readTemplate(stage, template, workspace, shown)
      requirePlace(stage, target, template.to)
      if (text.match(/\w+/gu)?.some((word) => stubbed.has(word)) === true) ofStubs.add(target)
      const rendered = await withoutSource(real, mayShow, () =>
        engine.render(text, file, values, { hidesValues, signal }),
      )
      stage.write(target, Buffer.from(rendered), {
        kind: 'template',
        setting: template,
        file,
        text,
      })
    })
    laid.add(target)
  }
  return { laid, stubbed: ofStubs }
}

/** Where templates are, and what messages may show of them. */
export interface TemplatePlace {
  readonly workspace: string
  readonly shown: (path: string) => string
  /** Whether a message may quote a line of the file. */
  readonly mayShow: (real: string) => Promise<boolean>
  readonly signal: AbortSignal | undefined
}

/** Renders a template. The fault quotes no line of a template that is a secret file. */
async function withoutSource<Result>(
  real: string | undefined,
  mayShow: TemplatePlace['mayShow'],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RenderFault) || real === undefined || (await mayShow(real))) throw error
    throw error.with({
      message:
        'a template that git does not track cannot be rendered, and the message of the engine is hidden',
      source: undefined,
      hint: 'render it with stub secrets from a file that git tracks, to see the message',
      cause: undefined,
    })
  }
}

/**
 * The content of the file that a template value names.
 *
 * @throws RenderFault `value-missing` or `outside-boundary`, at the value's line
 */
export function readValueFile(
  stage: Stage,
  workspace: string,
  name: string,
  { file, position }: FileValue,
): Uint8Array {
  return readInput(stage, resolve(workspace, file), {
    subject: `the file of the template value ${name}, ${file},`,
    code: 'value-missing',
    hint: 'file is relative to the workspace; with stub secrets it is not read',
    position,
  }).bytes
}

/** The name in messages of a template that is written in the setting. */
function nameOfText({ to }: TemplateSetting): string {
  return `for ${to}`
}

/** Refuses a target that is a folder, or below a file: these would silently disappear from the stage. */
function requirePlace(stage: Stage, target: string, to: string): void {
  const isFolder = stage.tree.isFolder(target)
  const isBelowFile = stage.open(dirname(target)).outcome === 'file'
  if (!isFolder && !isBelowFile) return
  throw new RenderFault({
    code: 'template-invalid',
    message: `a template cannot be written to ${to}: ${isFolder ? 'that is a folder' : 'a part of the path is a file'}`,
    hint: "to is a file, relative to the overlay's folder",
  })
}

function readTemplate(
  stage: Stage,
  template: TemplateSetting,
  workspace: string,
  shown: (path: string) => string,
): { text: string; file: string; real?: string } {
  const { source, position } = template
  if ('text' in source) return { text: source.text, file: nameOfText(template) }
  const { real, bytes } = readInput(stage, resolve(workspace, source.from), {
    subject: `the template ${source.from}`,
    code: 'template-missing',
    hint: 'from is relative to the workspace',
    position,
  })
  const unfit = findTextProblem(bytes)
  if (unfit === undefined) return { text: Buffer.from(bytes).toString('utf8'), file: shown(real), real }
  const { problem, hint, line, column } = unfit
  throw new RenderFault({
    code: 'template-invalid',
    message: `the template ${problem}`,
    position: { file: shown(real), line, column },
    hint,
  })
}
