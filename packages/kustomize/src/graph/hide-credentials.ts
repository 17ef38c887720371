export const HIDDEN = '[hidden]'

/** The user and password, or token, in a URL. */
export const CREDENTIALS: RegExp = /(\b(?:https?|oci):\/\/)[^/@\s"']+@/giu

/** What holds a secret in the query of a URL by its name, such as the token of GitHub's links to raw files. */
export const SECRET_PARAMETERS: RegExp =
  /([?&](?:[\w-]*(?:token|signature|secret|password|passwd|api[_-]?key)|sig)=)[^&#\s"']+/giu

/** A URL as it may be shown. */
export function hideCredentials(url: string): string {
  return url.replace(CREDENTIALS, `$1${HIDDEN}@`).replace(SECRET_PARAMETERS, `$1${HIDDEN}`)
}
