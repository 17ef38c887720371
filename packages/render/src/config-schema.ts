import * as v from 'valibot'

import type { ConfigFile, EnvironmentValue, FileValueSetting } from './config-file.ts'

// The schema of overlay-render.yaml. `schema/overlay-render.schema.json`, which editors read, is made from it
// by scripts/make-schema.js.

const path = v.pipe(v.string(), v.nonEmpty())

/** A path that stays below the folder it is relative to. */
const plainPath = v.pipe(
  v.string(),
  v.regex(/^(?!\/)(?!(?:.*\/)?\.\.?(?:\/|$))[^\\]+$/, 'Expected a relative path without ..'),
)

/** A template value that names an environment variable. */
export const environmentValueSchema: v.GenericSchema<unknown, EnvironmentValue> = v.strictObject({
  env: v.pipe(v.string(), v.nonEmpty(), v.description('The environment variable that holds the value.')),
  stub: v.exactOptional(v.pipe(v.string(), v.description('What is used instead with --secrets stub.'))),
})

/** A template value that a file holds. */
export const fileValueSchema: v.GenericSchema<unknown, FileValueSetting> = v.strictObject({
  file: v.pipe(path, v.description('The file that holds the value, relative to the workspace.')),
  key: v.exactOptional(
    v.pipe(v.string(), v.description('A yq path into its first YAML document; its whole text when absent.')),
  ),
  stub: v.exactOptional(v.pipe(v.unknown(), v.description('What is used with --secrets stub.'))),
})

const templateTarget = { to: v.pipe(path, v.description('Relative to the overlay.')) }
const template = v.union([
  v.strictObject({
    from: v.pipe(path, v.description('A Jinja file, relative to the workspace.')),
    ...templateTarget,
  }),
  v.strictObject({ text: v.pipe(v.string(), v.description('A Jinja template.')), ...templateTarget }),
])

const edit = v.strictObject({
  file: v.pipe(path, v.description('A staged file, relative to the overlay.')),
  expression: v.pipe(v.string(), v.description('A yq expression; load reads files of the stage.')),
})

const overlaySettings = v.strictObject({
  extends: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('The overlay whose kustomization, patches and resources this one starts from.'),
    ),
  ),
  templates: v.exactOptional(v.array(template)),
  values: v.exactOptional(v.record(v.string(), v.unknown())),
  edits: v.exactOptional(v.array(edit)),
})

const folderOverlay = v.strictObject({
  path: v.pipe(path, v.description('The folder, or a glob of folders, relative to the workspace.')),
  kind: v.exactOptional(
    v.pipe(
      v.picklist(['kustomize', 'folder']),
      v.description('folder: the YAML files in it are the manifests, without kustomize.'),
    ),
  ),
  skip: v.exactOptional(
    v.pipe(v.array(path), v.description('Names of files and folders that are passed over; _* when absent.')),
  ),
  order: v.exactOptional(
    v.pipe(
      v.array(path),
      v.description('Names of files that come first, by pattern; others keep their order.'),
    ),
  ),
})

const prow = v.strictObject({
  jobs: v.exactOptional(
    v.pipe(v.array(path), v.description('Folders of job files, relative to the workspace.')),
  ),
  config: v.exactOptional(v.pipe(path, v.description("Prow's config; the base config.yaml when absent."))),
  plugins: v.exactOptional(v.pipe(path, v.description("Prow's plugins; the base plugins.yaml when absent."))),
  contexts: v.exactOptional(
    v.pipe(v.array(v.string()), v.description('The build clusters that jobs may name.')),
  ),
  kubeconfigs: v.exactOptional(v.array(path)),
  overlays: v.exactOptional(
    v.pipe(v.record(v.string(), v.string()), v.description('Which context each overlay feeds.')),
  ),
  repository: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^[\w.-]+\/[\w.-]+$/, 'Expected ORG/REPO'),
      v.description('ORG/REPO of the repository itself; that of a git remote when absent.'),
    ),
  ),
  deploy: v.exactOptional(
    v.pipe(v.array(v.string()), v.description('Globs of further files on which a deployment depends.')),
  ),
})

const jsonPath = v.pipe(v.string(), v.startsWith('$', 'Expected a JSONPath that starts with $'))
const resourceSelector = {
  group: v.exactOptional(
    v.pipe(v.string(), v.description('API group without the version; the core group is empty.')),
  ),
  kind: v.exactOptional(v.string()),
  namespace: v.exactOptional(v.string()),
  name: v.exactOptional(v.pipe(v.string(), v.description('A * matches any run of characters.'))),
  in: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('The key of data, stringData or an annotation whose YAML or JSON the path starts in.'),
    ),
  ),
}
const ignoreRule = v.strictObject({ ...resourceSelector, path: v.exactOptional(jsonPath) })
const redactRule = v.strictObject({ ...resourceSelector, path: jsonPath })
const keyRule = v.strictObject({
  ...resourceSelector,
  path: v.pipe(jsonPath, v.description('The lists whose items are matched by their key.')),
  key: v.union([v.string(), v.array(v.string())]),
})

const provided = v.strictObject({
  kind: v.string(),
  name: v.pipe(v.string(), v.description('A * matches any run of characters.')),
  namespace: v.exactOptional(
    v.pipe(v.string(), v.description('Every namespace when absent; a * matches any run of characters.')),
  ),
})
const ruleSetting = v.strictObject({
  rule: v.pipe(v.string(), v.description('The name of a rule of check.')),
  severity: v.picklist(['off', 'info', 'warning', 'error']),
  path: v.exactOptional(
    v.pipe(path, v.description('A glob of files or folders, relative to the workspace; all when absent.')),
  ),
})
const assertion = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'Expected letters, digits, ., _ and -')),
  over: v.picklist(['manifests', 'configs', 'jobs']),
  where: v.exactOptional(
    v.pipe(v.string(), v.description('A yq expression: what it is true for is checked; all when absent.')),
  ),
  expression: v.pipe(v.string(), v.description('A yq expression whose answer must be true.')),
  message: v.pipe(v.string(), v.description('What is wrong when it is false.')),
})

/** The schema of the whole file. */
export const workspaceConfigSchema: v.GenericSchema<unknown, ConfigFile> = v.strictObject({
  $schema: v.exactOptional(v.string()),
  version: v.literal(1),
  kustomize: v.exactOptional(
    v.strictObject({
      version: v.exactOptional(
        v.pipe(
          v.string(),
          v.regex(/^v?\d+\.\d+\.\d+$/, 'Expected an exact version such as 4.5.4 (no range)'),
          v.description('The exact version, such as 4.5.4.'),
        ),
      ),
      kubectl: v.exactOptional(
        v.pipe(
          v.string(),
          v.regex(/^v?\d+\.\d+\.\d+$/, 'Expected an exact version such as 1.34.2 (no range)'),
          v.description(
            'The exact kubectl whose `kubectl kustomize` renders, instead of a version of kustomize.',
          ),
        ),
      ),
      network: v.exactOptional(
        v.pipe(v.boolean(), v.description('Whether kustomizations may name URLs and git remotes.')),
      ),
    }),
  ),
  overlays: v.exactOptional(v.pipe(v.array(v.union([path, folderOverlay])), v.minLength(1))),
  configs: v.exactOptional(
    v.strictObject({
      base: v.exactOptional(v.pipe(path, v.description('Relative to the workspace.'))),
      files: v.exactOptional(v.array(plainPath)),
      scripts: v.exactOptional(v.pipe(path, v.description('Folder of patch scripts inside each overlay.'))),
      dialect: v.exactOptional(
        v.pipe(
          v.picklist(['yq-v4', 'yq-v3', 'json-patch', 'merge']),
          v.description('The language of all patch scripts; recognised by their shape when absent.'),
        ),
      ),
      print: v.exactOptional(v.picklist(['yq', 'preserve'])),
      allow: v.exactOptional(
        v.pipe(
          v.array(v.picklist(['env', 'load'])),
          v.description(
            'What patch scripts may read: the environment, files of the stage. Nothing when absent.',
          ),
        ),
      ),
    }),
  ),
  secrets: v.exactOptional(
    v.union([
      v.picklist(['real', 'stub']),
      v.strictObject({
        mode: v.exactOptional(v.picklist(['real', 'stub'])),
        files: v.exactOptional(
          v.pipe(
            v.array(path),
            v.description(
              'Globs as in a .gitignore of the workspace: files that are never read with stub secrets, beside those of secretGenerators and those that git ignores.',
            ),
          ),
        ),
      }),
    ]),
  ),
  golden: v.exactOptional(
    v.strictObject({
      path: v.exactOptional(path),
      layout: v.exactOptional(v.picklist(['file', 'resources'])),
      ignore: v.exactOptional(v.array(ignoreRule)),
      redact: v.exactOptional(v.array(redactRule)),
      keys: v.exactOptional(v.array(keyRule)),
    }),
  ),
  vendor: v.exactOptional(
    v.strictObject({
      allow: v.exactOptional(
        v.pipe(
          v.array(v.pipe(v.string(), v.regex(/^[\w.:-]+$/, 'Expected the name of a host'))),
          v.description(
            'The hosts that remotes are vendored from; every host of a public address when absent. A host that is named may have a private one.',
          ),
        ),
      ),
    }),
  ),
  helm: v.exactOptional(
    v.strictObject({
      version: v.pipe(
        v.string(),
        v.regex(/^v?[34]\.\d+\.\d+$/, 'Expected one exact version of helm 3 or 4, such as 3.19.2'),
        v.description('The helm that vendor renders charts of helmCharts with. A render runs no helm.'),
      ),
    }),
  ),
  settings: v.exactOptional(v.record(v.string(), overlaySettings)),
  prow: v.exactOptional(prow),
  provides: v.exactOptional(
    v.pipe(v.array(provided), v.description('Objects that are created outside the workspace.')),
  ),
  rules: v.exactOptional(
    v.pipe(v.array(ruleSetting), v.description('Rules of check that are off, or have another severity.')),
  ),
  assert: v.exactOptional(
    v.pipe(
      v.array(assertion),
      v.description('Assertions about the rendered objects, which check evaluates.'),
    ),
  ),
})
