/** The conditions under which a file may run as kustomize, kubectl or helm. */
export interface Trust {
  /** The sha256 that the user has confirmed, in the environment and not in the tree. */
  readonly confirmed?: string | undefined
  /** The environment variable for the confirmation. */
  readonly variable?: string | undefined
  /** Whether a file is part of the checkout, where a pull request can change it; false when absent. */
  readonly isInCheckout?: ((path: string) => Promise<boolean>) | undefined
}

/** The environment variable with the confirmed digest. */
const CONFIRMED = 'OVERLAY_RENDER_KUSTOMIZE_SHA256'

/** The conditions of a render: the digest in its environment, or a program outside of the checkout. */
export function trustOf(
  {
    env = process.env,
    isInCheckout,
  }: Pick<Trust, 'isInCheckout'> & {
    readonly env?: Readonly<Record<string, string | undefined>> | undefined
  },
  variable: string = CONFIRMED,
): Trust {
  return { confirmed: env[variable], variable, isInCheckout }
}

/**
 * Why an unofficial file may not run, completing the sentence "PATH …"; undefined when it may. Files that a pull request can
 * change, such as a lock, do not establish trust.
 */
export async function whyNotTrusted(
  file: { readonly path: string; readonly binary: Buffer; readonly sha256: string },
  { confirmed, variable = CONFIRMED, isInCheckout = async () => false }: Trust,
): Promise<string | undefined> {
  if (confirmed?.toLowerCase() === file.sha256) return undefined
  const how = `confirm it with ${variable}=${file.sha256}`
  if (!isProgram(file.binary)) return `is a script, not the program itself; if that is intended, ${how}`
  if (await isInCheckout(file.path))
    return `is part of the checkout, where a pull request can change it; use one from elsewhere, or ${how}`
  return undefined
}

/** The first bytes of ELF, Mach-O (both byte orders, and universal) and PE files. */
const PROGRAM_STARTS = ['7f454c46', 'cffaedfe', 'feedfacf', 'cafebabe', '4d5a']

/** Whether a file is a program itself rather than a script. */
function isProgram(binary: Buffer): boolean {
  const start = binary.subarray(0, 4).toString('hex')
  return PROGRAM_STARTS.some((known) => start.startsWith(known))
}
