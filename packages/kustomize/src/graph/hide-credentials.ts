export const HIDDEN = '[hidden]'

/** The user and password, or token, in a URL. */
export const CREDENTIALS: RegExp = /(\b(?:https?|oci):\/\/)[^/@\s"']+@/giu

/** A URL as it may be shown. */
export function hideCredentials(url: string): string {
  return url.replace(CREDENTIALS, `$1${HIDDEN}@`)
}
