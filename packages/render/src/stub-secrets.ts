/** How kustomize reads a secret file: as one value, or as lines of KEY=VALUE. */
export type SecretForm = 'file' | 'env'

/** A regular expression for the start of every stub. */
export const STUB_PATTERN = '^stub of '

/** The key of a Secret made from the stub of an env file, whose real keys are unknown. */
export const ENV_STUB_KEY = 'STUB'

/**
 * The content of a stub: deterministic, clearly a stub, and dependent only on the path as written in the kustomization, so that a
 * golden is the same on every machine.
 */
export function stubSecret(writtenPath: string, form: SecretForm): string {
  return form === 'env' ? `${ENV_STUB_KEY}=stub of ${writtenPath}\n` : `stub of ${writtenPath}\n`
}
