import { numberRefusal, parseNotation } from '../go/integers.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'

/** Parses an integer like yq's operators. Throws yq's message for other text. */
export function parseIndex(text: string): number {
  return Number(parseInt64(text))
}

export function parseInt64(text: string): bigint {
  const parsed = parseNotation(text)
  if (!parsed.ok) throw evaluationFault(numberRefusal('ParseInt', parsed.digits, parsed.reason))
  return parsed.value
}
