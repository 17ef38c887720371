import { YqFault } from '@overlay-render/yq'

/** The command was called in a way that yq refuses; `sentence` is yq's own. */
export function usageFault(sentence: string, hint?: string): YqFault {
  return new YqFault({ code: 'unsupported', message: sentence, hint })
}
