import { type Position, renderCaret } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'

/**
 * Does what one line of `overlay-render.yaml` asks for. A fault that has no place, or one in the text that the
 * setting itself holds, is shown at that line, with the spot in the text below it.
 *
 * @param text the name under which the setting's own text is in positions
 */
export function atSetting<Result>(position: Position, text: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw settingFault(error, position, text)
  }
}

/** The same for work that takes time. */
export async function atSettingLater<Result>(
  position: Position,
  text: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw settingFault(error, position, text)
  }
}

function settingFault(error: unknown, position: Position, text: string): unknown {
  if (!(error instanceof RenderFault)) return error
  if (error.position !== undefined && error.position.file !== text) return error
  const { code, sentence, hint, details } = error
  return new RenderFault({
    code,
    message: sentence,
    position,
    details: [...excerptOf(error), ...details],
    hint,
    cause: error,
  })
}

function excerptOf({ source, position }: RenderFault): string[] {
  if (source === undefined || position === undefined) return []
  return renderCaret(source, position).split('\n')
}
