import * as library from 're2js'

/** What `re2.ts` gives, where there is no `require`: package.json puts this file in its place. */
export function re2(): typeof library {
  return library
}
