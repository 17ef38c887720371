import { once } from '@overlay-render/system'

const BY_FILE: Readonly<Record<string, string>> = {
  kubeconfig: `apiVersion kind preferences clusters cluster contexts context current-context users user name namespace
    server token tokenFile exec command args env certificate-authority certificate-authority-data
    client-certificate client-certificate-data client-key client-key-data insecure-skip-tls-verify
    tls-server-name proxy-url`,
  'Google service account': `type project_id private_key_id private_key client_email client_id auth_uri token_uri
    auth_provider_x509_cert_url client_x509_cert_url universe_domain`,
  registry: `auths auth username password email identitytoken registrytoken credHelpers`,
  'OAuth and webhooks': `client_secret redirect_url final_redirect_url scopes cookie_secret value created_at`,
  'object store': `region endpoint access_key secret_key s3_force_path_style insecure`,
  manifest: `metadata data stringData spec labels annotations items`,
}

/**
 * Common field names of files in Secrets. Field names may themselves be secret (a table of tokens, for example), so
 * only these are shown; others are replaced by fingerprints.
 */
export const knownFields: () => ReadonlySet<string> = once(
  () => new Set(Object.values(BY_FILE).flatMap((names) => names.split(/\s+/u))),
)
