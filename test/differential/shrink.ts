import type { Case } from '../vectors/cases/case.ts'

/**
 * Shrinks a case that still differs: removes lines of the document and tokens of the expression while
 * `differs` returns true, larger chunks first. Stops after `budget` runs.
 */
export async function shrink(
  start: Case,
  differs: (item: Case) => Promise<boolean>,
  budget = 250,
): Promise<Case> {
  const state = { best: start, left: budget }
  const accepts = async (item: Case): Promise<boolean> => {
    state.left -= 1
    if (state.left < 0 || !(await differs(item))) return false
    state.best = item
    return true
  }
  let size: number
  do {
    size = sizeOf(state.best)
    await dropPieces(state.best.document.split(/(?<=\n)/u), (document) =>
      accepts({ ...state.best, document }),
    )
    const words = (state.best.expression ?? '.').split(/(?<=[ |,();])/u)
    await dropPieces(words, (expression) => accepts({ ...state.best, expression }))
  } while (sizeOf(state.best) < size && state.left > 0)
  return state.best
}

function sizeOf({ document, expression = '.' }: Case): number {
  return document.length + expression.length
}

/** Removes chunks of consecutive pieces while `accepts` returns true for the remaining text. */
async function dropPieces(
  pieces: readonly string[],
  accepts: (text: string) => Promise<boolean>,
): Promise<void> {
  let rest = [...pieces]
  for (let size = Math.ceil(rest.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < rest.length;) {
      const fewer = rest.toSpliced(from, size)
      if (await accepts(fewer.join(''))) rest = fewer
      else from += 1
    }
  }
}
