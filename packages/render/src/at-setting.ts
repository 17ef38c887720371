import { type Position, renderCaret } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'

/**
 * Runs the work that one line of `overlay-render.yaml` asks for. A fault without a position, or with one in the setting's own text,
 * is reported at that line, with an excerpt of the text below it.
 *
 * @param text the file name that positions in the setting's own text carry
 */
export function atSetting<Result>(position: Position, text: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw settingFault(error, position, text)
  }
}

/** `atSetting` for asynchronous work. */
export async function atSettingAsync<Result>(
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
