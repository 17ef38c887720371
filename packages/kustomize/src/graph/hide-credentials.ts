export const HIDDEN = '[hidden]'

/** The user and password, or token, in a URL. */
export const CREDENTIALS: RegExp = /(\b(?:https?|oci):\/\/)[^/@\s"']+@/giu

/** Query parameters with a secret, such as the token in GitHub's links to raw files. */
export const SECRET_PARAMETERS: RegExp =
  /([?&](?:[\w-]*(?:token|signature|secret|password|passwd|api[_-]?key)|sig)=)[^&#\s"']+/giu

/** A URL without credentials. */
export function hideCredentials(url: string): string {
  return url.replace(CREDENTIALS, `$1${HIDDEN}@`).replace(SECRET_PARAMETERS, `$1${HIDDEN}`)
}
