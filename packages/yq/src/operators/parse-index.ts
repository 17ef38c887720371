import { numberRefusal, parseNotation } from '../go/integers.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'

/** Reads a whole number as yq's operators do. Throws yq's sentence for what is none. */
export function parseIndex(text: string): number {
  return Number(parseInt64(text))
}

export function parseInt64(text: string): bigint {
  const parsed = parseNotation(text)
  if (!parsed.ok) throw evaluationFault(numberRefusal('ParseInt', parsed.digits, parsed.reason))
  return parsed.value
}
