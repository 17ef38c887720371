/** How kustomize reads a secret file: whole under one key, or as lines of KEY=VALUE. */
export type SecretForm = 'file' | 'env'

/**
 * What stands in for a secret file with `--secrets stub`: deterministic, plainly a stub, and dependent on
 * nothing but the path as its kustomization writes it, so that a golden is the same on every machine.
 *
 * The keys of an env file cannot be known without the file, so its stub has the one key STUB.
 */
export function stubSecret(writtenPath: string, form: SecretForm): string {
  return form === 'env' ? `STUB=stub of ${writtenPath}\n` : `stub of ${writtenPath}\n`
}
