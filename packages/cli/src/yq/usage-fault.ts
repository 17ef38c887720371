import { YqFault } from '@overlay-render/yq'

/** The fault for a call that yq refuses, with yq's own message. */
export function usageFault(sentence: string, hint?: string): YqFault {
  return new YqFault({ code: 'unsupported', message: sentence, hint })
}
