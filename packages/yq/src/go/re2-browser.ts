import * as library from 're2js'

/** Replaces `re2.ts` in browsers, which have no `require`; see `browser` in package.json. */
export function re2(): typeof library {
  return library
}
