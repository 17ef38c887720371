import { YqFault } from '../errors.ts'

/** The text is no document of its format; `sentence` is what yq says. */
export function malformed(sentence: string): YqFault {
  return new YqFault({ code: 'document-invalid', message: sentence })
}

/** The tree cannot be said in the format asked for. */
export function inexpressible(sentence: string): YqFault {
  return new YqFault({ code: 'evaluation-failed', message: sentence })
}
