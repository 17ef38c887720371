import { resolve } from 'node:path'

import { errnoOf } from '@overlay-render/system'

import type { Overlay } from './overlays.ts'
import { RenderFault } from './render-fault.ts'
import type { Stage } from './stage.ts'
import { loadTemplateEngine, type ResolvedValues } from './templates.ts'
import type { TemplateSetting } from './workspace-config.ts'

/**
 * Renders the templates of an overlay into the stage. Returns the paths that were laid: a secret file among them
 * is already a stub where stubs are wanted, because its values are.
 *
 * @throws RenderFault `template-missing` or `template-invalid`
 */
export async function renderTemplates(
  stage: Stage,
  overlay: Overlay,
  { values }: ResolvedValues,
  { workspace, shown }: { workspace: string; shown: (path: string) => string },
): Promise<ReadonlySet<string>> {
  const laid = new Set<string>()
  if (overlay.settings.templates.length === 0) return laid
  const engine = await loadTemplateEngine()
  for (const template of overlay.settings.templates) {
    const { text, file } = readTemplate(stage, template, workspace, shown)
    const target = resolve(overlay.folder, template.to)
    stage.write(target, Buffer.from(engine.render(text, file, values)))
    laid.add(target)
  }
  return laid
}

function readTemplate(
  stage: Stage,
  { source, position }: TemplateSetting,
  workspace: string,
  shown: (path: string) => string,
): { text: string; file: string } {
  if ('text' in source) return { text: source.text, file: `${position.file}:${position.line}` }
  const path = stage.realpath(resolve(workspace, source.from))
  if (path === undefined || stage.kindOf(path) !== 'file') {
    throw new RenderFault({
      code: 'template-missing',
      message: `the template ${source.from} does not exist`,
      position,
      hint: 'from is relative to the workspace',
    })
  }
  stage.requireInside(path)
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(stage.readFile(path)), file: shown(path) }
  } catch (error) {
    if (errnoOf(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error
    throw new RenderFault({
      code: 'template-invalid',
      message: `the template ${source.from} is not UTF-8 text`,
      position,
      cause: error,
    })
  }
}
