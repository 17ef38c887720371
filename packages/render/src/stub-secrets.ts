/** How kustomize reads a secret file: whole under one key, or as lines of KEY=VALUE. */
export type SecretForm = 'file' | 'env'

/** What every stub starts with. */
export const STUB_PATTERN = '^stub of '

/** The one key of a Secret that is made from the stub of an env file: its own keys are not known. */
export const ENV_STUB_KEY = 'STUB'

/**
 * The stub of a secret file with `--secrets stub`: deterministic, plainly a stub, and dependent on
 * nothing but the path as its kustomization writes it, so that a golden is the same on every machine.
 */
export function stubSecret(writtenPath: string, form: SecretForm): string {
  return form === 'env' ? `${ENV_STUB_KEY}=stub of ${writtenPath}\n` : `stub of ${writtenPath}\n`
}
