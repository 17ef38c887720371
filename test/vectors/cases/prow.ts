import { chance, type Draw, list, pick, seededDraw } from '../../differential/draw.ts'
import { type Case, withLayouts } from './case.ts'

const REPOS = ['kubevirt/kubevirt', 'example/app', 'example/api-server', 'metal/operator', 'org-x'] as const
const IMAGES = ['gcr.io/k8s-prow/clonerefs:v20210423-a5cb5e7945', 'us-docker.pkg.dev/prow/initupload:v1', 'quay.io/ci/builder@sha256:0123abcd'] as const
const TEMPLATE = '{{if eq .Spec.Type "presubmit"}}pr-logs/pull{{else if eq .Spec.Type "batch"}}pr-logs/pull{{else}}logs{{end}}{{if .Spec.Refs}}{{if ne .Spec.Refs.Org ""}}/{{.Spec.Refs.Org}}_{{.Spec.Refs.Repo}}{{end}}{{end}}/{{.Spec.Job}}/{{.Status.BuildID}}/'

function note(draw: Draw, indent: string): string {
  return chance(draw, 1, 3) ? `${pick(draw, ['', '\n'])}${indent}# ${pick(draw, ['see the runbook', 'TODO(team): raise', 'keep in step with deck', '--- limits ---'])}\n${pick(draw, ['', '', '\n'])}` : ''
}

function behind(draw: Draw): string {
  return chance(draw, 1, 5) ? pick(draw, [' # seconds', '  # default', ' # nolint:x']) : ''
}

function plank(draw: Draw): string {
  const template = pick(draw, [
    ` '${TEMPLATE}'`,
    ` "${TEMPLATE.replaceAll('"', '\\"')}"`,
    ` |-\n    ${TEMPLATE}`,
    ` >-\n    https://prow.example.com/view/gs/\n    ${TEMPLATE.replace('}}/', '}}/\n    ')}`,
    ` >\n    ${TEMPLATE}\n`,
  ])
  return `${note(draw, '')}plank:${behind(draw)}
  job_url_template:${template}
${note(draw, '  ')}  job_url_prefix_config:
    '*': https://prow.example.com/view/${behind(draw)}
    ${pick(draw, REPOS)}: "https://prow.other.example.com/view/"
  pod_pending_timeout: ${pick(draw, ['60m', '1h0m0s', '"60m"'])}${behind(draw)}
  default_decoration_configs:
    '*': &decoration
      timeout: 7200000000000 # 2h
      grace_period: 15s
      utility_images:
        clonerefs: ${pick(draw, IMAGES)}
${note(draw, '        ')}        initupload: "${pick(draw, IMAGES)}"
        sidecar: ${pick(draw, IMAGES)}
      gcs_configuration:
        bucket: ${pick(draw, ['kubernetes-prow', 'gs://logs'])}
        path_strategy: "explicit"
        default_org: &org ${pick(draw, ['kubevirt', 'example'])}
    ${pick(draw, REPOS)}:
      <<: *decoration
      timeout: ${pick(draw, ['3h', '0', '1e3'])}
`
}

function deck(draw: Draw): string {
  return `${note(draw, '')}deck:
  spyglass:
    size_limit: 500000000 # 500MB
    gcs_browser_prefix: https://gcsweb.example.com/gcs/
    lenses:
    - lens:
        name: metadata
      required_files:
      - ${pick(draw, ['started.json|finished.json', "'^(?:started|finished)\\.json$'"])}${behind(draw)}
${note(draw, '    ')}    - lens: {name: buildlog, config: {highlight_regexes: ["FAIL", 'timed out']}}
      required_files: [build-log.txt]
  tide_update_period: 1s
  hidden_repos: []
  branding: {}
`
}

function presubmits(draw: Draw): string {
  const jobs = list(draw, 1, 3, (index) => `  - name: pull-${pick(draw, ['unit', 'e2e', 'lint'])}-${index}${behind(draw)}
    always_run: ${pick(draw, ['true', 'false', 'yes'])}
    decorate: true
${note(draw, '    ')}    branches: ${pick(draw, ['[main, "release-\\\\d+"]', '["^main$"]', '\n    - main\n    - release-1.0'])}
    run_if_changed: ${pick(draw, ["'^(cmd|pkg)/.*'", '"\\\\.go$"', '^docs/'])}
    labels: {preset-dind-enabled: "true", preset-x: 'on'}
    spec:
      containers:
      - image: ${pick(draw, IMAGES)}
        command: ["/usr/local/bin/runner.sh"]
        args:
        - /bin/sh
        - -c
        - ${pick(draw, ['"make test"', '|\n          set -e\n          # run all\n          make test\n\n          make e2e', '>-\n          make\n          test', 'make test && echo "done: ok"'])}
        env:
        - {name: GO111MODULE, value: "on"}
        - name: RETRIES
          value: ${pick(draw, ['"3"', '3', "'0x3'"])}
        resources:
          requests:
            memory: ${pick(draw, ['"8Gi"', '8Gi'])}
            cpu: ${pick(draw, ['2', '"2"', '500m'])}
        securityContext:
          privileged: true
`)
  return `${note(draw, '')}presubmits:
  ${pick(draw, REPOS)}:
${jobs.join('')}`
}

function presets(draw: Draw): string {
  return `presets:
- labels:
    preset-service-account: "true"
  env:
  - name: GOOGLE_APPLICATION_CREDENTIALS
    value: /etc/service-account/service-account.json
  volumes:
  - name: service
    secret: {secretName: service-account}
${note(draw, '')}- labels:
    preset-shared-images: "true"${behind(draw)}
  volumes:
  - name: shared-images
    hostPath:
      path: /var/lib/stdci/shared/images
      type: Directory
  volumeMounts: []
- labels: {}
`
}

function tide(draw: Draw): string {
  return `${note(draw, '')}tide:
  sync_period: 2m0s
  pr_status_base_urls:
    '*': https://prow.example.com/pr
  merge_method:
    ${pick(draw, REPOS)}: squash
  blocker_label: ${pick(draw, ['tide/merge-blocker', '"tide/merge-blocker"'])}
  queries:
  - repos: &repos
    - ${pick(draw, REPOS)}
    - ${pick(draw, REPOS)} # second
    labels:
    - lgtm
    - approved
    missingLabels: &missing ["do-not-merge/hold", needs-rebase]
  - orgs: [${pick(draw, REPOS)}]
    missingLabels: *missing
${note(draw, '')}  context_options:
    skip-unknown-contexts: ${pick(draw, ['true', 'True', 'off'])}
`
}

function plugins(draw: Draw): string {
  return `${note(draw, '')}config_updater:
  maps:
    github/ci/prow/files/config.yaml:
      name: config
      clusters:
        default:
        - ${pick(draw, ['prow', '"prow"'])}
    "github/ci/prow/files/jobs/**/*.yaml":
      name: job-config
      gzip: true${behind(draw)}
      clusters: {default: [prow, 'other']}
    ? github/ci/prow/files/labels.yaml
    : name: label-config
      clusters:
        default: [prow]
approve:
- repos: [${pick(draw, REPOS)}]
  require_self_approval: false
external_plugins:
  ${pick(draw, REPOS)}:
  - name: rehearse
    endpoint: http://rehearse:9900
    events: [issue_comment, pull_request]
plugins:
  ${pick(draw, REPOS)}:
    plugins: [approve, assign, "blunderbuss"]
  org: &all
  - cat
  - dog
${note(draw, '  ')}  other: *all
`
}

function labels(draw: Draw): string {
  return `---
default:
  labels:
    - color: ${pick(draw, ['0ffa16', '"000000"', "'e11d21'", '5319e7', '0e8a16'])}
      description: Indicates that a PR is ready: yes
`.replace('ready: yes', pick(draw, ['ready', '"ready"', "ready — it's fine"])) + `      name: lgtm
      target: prs
      prowPlugin: lgtm
      addedBy: ${pick(draw, ['humans', '"reviewers or members"', 'label # by hand'])}
${note(draw, '    ')}    - color: 1d76db
      name: "size/XS"
      previously: [{name: xs}, {name: "tiny", color: ~}]
repos: {}
`
}

const PARTS = [plank, deck, presubmits, presets, tide, plugins, labels]

export function prowDocument(draw: Draw): string {
  return chance(draw, 1, 5) ? labels(draw) : list(draw, 1, 4, () => pick(draw, PARTS.slice(0, -1))(draw)).filter((part, index, all) => all.indexOf(part) === index).join('')
}

/** Typical expressions of patch scripts for these files. */
const SCRIPTS: readonly string[] = [
  `.plank.job_url_template = "${TEMPLATE.replaceAll('"', '\\"')}"`,
  '.deck.spyglass.gcs_browser_prefix = "https://gcsweb.other.example.com/gcs/"',
  '.plank.job_url_prefix_config["*"] = "https://prow.other/view/"',
  '.plank.default_decoration_configs[].utility_images.sidecar = "gcr.io/k8s-prow/sidecar:v2"',
  '.plank.default_decoration_configs.*.gcs_configuration.bucket = "other"',
  '.presets[1].volumes[0].hostPath.path = "/var/lib/other"',
  '.presets[-1].labels.new = "true"',
  '.presets[] |= (.labels.all = "true")',
  'del(.presets[0])',
  'del(.presets[] | select(.labels.preset-service-account == "true"))',
  '.config_updater.maps."github/ci/prow/files/config.yaml".clusters.default[0] = "kubernetes-prow"',
  '.config_updater.maps."github/ci/prow/files/jobs/**/*.yaml".clusters.default[0] = "kubernetes-prow" | .config_updater.maps."github/ci/prow/files/labels.yaml".clusters.default[0] = "kubernetes-prow"',
  '.config_updater.maps[].clusters.default = ["a", "b"]',
  '(.presubmits[][] | select(.name == "pull-unit*")).always_run = false',
  '.presubmits[][] |= (.spec.containers[0].image = "x:1")',
  'del(.presubmits[][] | select(.always_run == false))',
  '.presubmits[][].labels * {"preset-new": "true"}',
  '.presubmits[][].spec.containers[].env += {"name": "NEW", "value": "1"}',
  '.tide.queries += [{"repos": ["a/b"], "labels": ["lgtm"]}]',
  '.tide.queries[0].labels += "needs-ok"',
  '.tide.queries[].missingLabels -= ["needs-rebase"]',
  '.tide.merge_method.* = "rebase"',
  'with(.tide; .sync_period = "1m" | .extra.deep[1].x = 1)',
  'explode(.)',
  '... comments=""',
  '.. style=""',
  '(.. | select(tag == "!!str")) |= sub("example.com", "test.local")',
  '(.. | select(kind == "scalar" and tag == "!!int")) |= . + 1',
  '.plugins.* = ["approve"]',
  '.plugins | keys',
  '.plugins[] | length',
  'sort_keys(.)',
  'sort_keys(..)',
  '. *+ {"presets": [{"labels": {"z": "1"}}]}',
  '. *d {"presets": [{"labels": {"z": "1"}}]}',
  '. * {"plank": {"pod_pending_timeout": "10m"}, "new": {"x": [1, {"y": null}]}}',
  '.plank.pod_pending_timeout line_comment = "changed"',
  '.plank head_comment = "about plank"',
  '.deck.branding.logo = "/logo.png" | .deck.hidden_repos[0] = "a/b"',
  '.default.labels[] | select(.name == "lgtm") | .color',
  '.default.labels |= sort_by(.name)',
  '[.default.labels[].name] | join(",")',
  '.default.labels[0] * {"color": "ffffff", "target": null}',
  'keys', 'length', 'to_entries', 'with_entries(.key |= upcase)', '.. | select(has("name")) | .name', 'path(..)', '.plank | to_json', '.deck | @json', '.tide.queries | to_yaml', 'del(.. | select(has("timeout")) | .timeout)', '.plank.default_decoration_configs | map_values(.timeout = "5h")', 'select(.plank) | .plank.added = .deck.tide_update_period', '.presubmits | map_values(length)', 'omit(["plank"])', 'pick(["plank", "tide"])',
]

export function documents(): Case[] {
  return withLayouts(Array.from({ length: 250 }, (_, index) => prowDocument(seededDraw(9_000 + index))))
}

export function pairs(): Case[] {
  return SCRIPTS.flatMap((expression, row) => Array.from({ length: 8 }, (_, index) => ({ document: prowDocument(seededDraw(9_000 + ((row * 37 + index * 11) % 250))), expression })))
}
