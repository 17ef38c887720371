// Written by scripts/write-prow-types.js.
/**
 * The Go types that Prow decodes its files into, one a line: the name of a struct, then its fields as `name:type`. A
 * `?` says that the field's zero value is left out of JSON. A type is a word, `!` and a Go type that decodes itself,
 * the name of a struct, or `*` (pointer), `[` (list) or `{` (map) and a type; `^` in front marks what comes from
 * an embedded struct.
 */
export const PROW_TYPES = `
config.AllowedApiClient allowed_jobs_filters?:[config.AllowedJobsFilter gcp?:*config.ApiClientGcp
config.AllowedJobsFilter tenant_id?:string
config.ApiClientGcp endpoint_api_consumer_number?:string endpoint_api_consumer_type?:string
config.Branch allow_deletions?:^*bool allow_force_pushes?:^*bool enforce_admins?:^*bool exclude?:^[string include?:^[string protect?:^*bool require_manually_triggered_jobs?:^*bool required_linear_history?:^*bool required_pull_request_reviews?:^*config.ReviewPolicy required_status_checks?:^*config.ContextPolicy restrictions?:^*config.Restrictions unmanaged?:^*bool
config.BranchProtection allow_deletions?:^*bool allow_disabled_job_policies?:*bool allow_disabled_policies?:*bool allow_force_pushes?:^*bool enforce_admins?:^*bool exclude?:^[string include?:^[string orgs?:{config.Org protect-tested-repos?:*bool protect?:^*bool protect_repos_with_optional_jobs?:*bool require_manually_triggered_jobs?:^*bool required_linear_history?:^*bool required_pull_request_reviews?:^*config.ReviewPolicy required_status_checks?:^*config.ContextPolicy restrictions?:^*config.Restrictions unmanaged?:^*bool
config.Branding background_color?:string favicon?:string header_color?:string logo?:string
config.BypassRestrictions teams?:[string users?:[string
config.Config branch-protection:^config.BranchProtection config_version_sha?:^string deck?:^config.Deck decorate_all_jobs?:^bool default_job_timeout?:^*!v1.Duration disabled_clusters?:^[string gangway?:^config.Gangway gerrit:^config.Gerrit github?:^config.GitHubOptions github_reporter:^config.GitHubReporter horologium:^config.Horologium in_repo_config:^config.InRepoConfig jenkins_operators?:^[config.JenkinsOperator log_level?:^string managed_webhooks?:^config.ManagedWebhooks moonraker?:^config.Moonraker owners_dir_denylist?:^*config.OwnersDirDenylist periodics?:^[config.Periodic plank?:^config.Plank pod_namespace?:^string postsubmits?:^{[config.Postsubmit presets?:^[config.Preset presubmits?:^{[config.Presubmit prow_ignored?:^*!json.RawMessage prowjob_default_entries?:^[*config.ProwJobDefaultEntry prowjob_namespace?:^string pubsub_subscriptions?:^{[string pubsub_triggers?:^[config.PubSubTrigger push_gateway?:^config.PushGateway scheduler?:^config.Scheduler sinker?:^config.Sinker slack_reporter_configs?:^{config.SlackReporter status_error_link?:^string tide?:^config.Tide
config.ContextPolicy contexts?:[string strict?:*bool
config.Deck additional_allowed_buckets?:[string branding?:*config.Branding default_rerun_auth_configs?:[*config.DefaultRerunAuthConfigEntry external_agent_logs?:[config.ExternalAgentLog google_analytics?:string hidden_repos?:[string rerun_auth_configs?:{v1.RerunAuthConfig skip_storage_path_validation?:*bool spyglass?:config.Spyglass tide_update_period?:*!v1.Duration
config.DefaultDecorationConfigEntry cluster?:string config?:*v1.DecorationConfig repo?:string
config.DefaultRerunAuthConfigEntry cluster?:string repo?:string rerun_auth_configs?:*v1.RerunAuthConfig
config.DismissalRestrictions teams?:[string users?:[string
config.ExternalAgentLog agent?:string selector?:string url_template?:string
config.FailoverScheduling mappings?:{string
config.Gangway allowed_api_clients?:[config.AllowedApiClient
config.Gerrit allowed_presubmit_trigger_re?:string deck_url?:string org_repos_config?:*[config.GerritOrgRepoConfig ratelimit?:int tick_interval?:*!v1.Duration
config.GerritOrgRepoConfig filters?:*config.GerritQueryFilter opt_out_help?:bool org?:string repos?:[string
config.GerritQueryFilter branches?:[string excluded_branches?:[string opt_in_by_default?:bool
config.GitHubOptions link_url?:string
config.GitHubReporter job_types_to_report?:[string no_comment_repos?:[string summary_comment_repos?:[string
config.Horologium tick_interval?:*!v1.Duration
config.InRepoConfig allowed_clusters?:{[string enabled?:{*bool
config.JenkinsOperator job_url_template?:^string label_selector?:string max_concurrency?:^int max_goroutines?:^int report_template?:^string report_templates?:^{string
config.JenkinsSpec github_branch_source_job?:bool
config.JobConfig decorate_all_jobs?:bool periodics?:[config.Periodic postsubmits?:{[config.Postsubmit presets?:[config.Preset presubmits?:{[config.Presubmit prow_ignored?:*!json.RawMessage
config.LensConfig config?:!json.RawMessage name:string
config.LensFileConfig lens:config.LensConfig optional_files?:[string remote_config?:*config.LensRemoteConfig required_files:[string
config.LensRemoteConfig endpoint:string hide_title:*bool priority:*int static_root:string title:string
config.ManagedWebhookInfo token_created_after:!time.Time
config.ManagedWebhooks auto_accept_invitation:bool org_repo_config?:{config.ManagedWebhookInfo respect_legacy_global_token:bool
config.Moonraker client_timeout?:*!v1.Duration
config.Org allow_deletions?:^*bool allow_force_pushes?:^*bool enforce_admins?:^*bool exclude?:^[string include?:^[string protect?:^*bool repos?:{config.Repo require_manually_triggered_jobs?:^*bool required_linear_history?:^*bool required_pull_request_reviews?:^*config.ReviewPolicy required_status_checks?:^*config.ContextPolicy restrictions?:^*config.Restrictions unmanaged?:^*bool
config.OwnersDirDenylist default?:[string ignore_preconfigured_defaults?:bool repos?:{[string
config.Periodic agent?:^string annotations?:^{string clone_depth?:^int clone_uri?:^string cluster?:^string cron?:string decorate?:^*bool decoration_config?:^*v1.DecorationConfig error_on_eviction?:^bool extra_refs?:^[v1.Refs hidden?:^bool interval?:string job_queue_name?:^string labels?:^{string max_concurrency?:^int minimum_interval?:string name:^string namespace?:^*string path_alias?:^string pipeline_run_spec?:^*any prowjob_defaults?:^*v1.ProwJobDefault reporter_config?:^*v1.ReporterConfig rerun_auth_config?:^*v1.RerunAuthConfig skip_fetch_head?:^bool skip_submodules?:^bool spec?:^*v1.PodSpec tags?:[string tekton_pipeline_run_spec?:^*v1.TektonPipelineRunSpec
config.Plank build_cluster_status_file?:string default_decoration_config_entries?:[*config.DefaultDecorationConfigEntry default_decoration_configs?:{*v1.DecorationConfig jobURLPrefixDisableAppendStorageProvider?:bool job_queue_capacities?:{int job_url_prefix_config?:{string job_url_template?:^string max_concurrency?:^int max_goroutines?:^int pod_pending_timeout?:*!v1.Duration pod_running_timeout?:*!v1.Duration pod_unscheduled_timeout?:*!v1.Duration report_template?:^string report_templates?:^{string
config.Postsubmit agent?:^string always_run?:*bool annotations?:^{string branches?:^[string clone_depth?:^int clone_uri?:^string cluster?:^string context?:^string decorate?:^*bool decoration_config?:^*v1.DecorationConfig error_on_eviction?:^bool extra_refs?:^[v1.Refs hidden?:^bool jenkins_spec?:*config.JenkinsSpec job_queue_name?:^string labels?:^{string max_concurrency?:^int name:^string namespace?:^*string path_alias?:^string pipeline_run_spec?:^*any prowjob_defaults?:^*v1.ProwJobDefault reporter_config?:^*v1.ReporterConfig rerun_auth_config?:^*v1.RerunAuthConfig run_if_changed?:^string skip_branches?:^[string skip_fetch_head?:^bool skip_if_only_changed?:^string skip_report?:^bool skip_submodules?:^bool spec?:^*v1.PodSpec tekton_pipeline_run_spec?:^*v1.TektonPipelineRunSpec
config.Preset env:[v1.EnvVar labels:{string volumeMounts:[v1.VolumeMount volumes:[v1.Volume
config.Presubmit agent?:^string always_run:bool annotations?:^{string branches?:^[string clone_depth?:^int clone_uri?:^string cluster?:^string context?:^string decorate?:^*bool decoration_config?:^*v1.DecorationConfig error_on_eviction?:^bool extra_refs?:^[v1.Refs hidden?:^bool jenkins_spec?:*config.JenkinsSpec job_queue_name?:^string labels?:^{string max_concurrency?:^int name:^string namespace?:^*string optional?:bool path_alias?:^string pipeline_run_spec?:^*any prowjob_defaults?:^*v1.ProwJobDefault reporter_config?:^*v1.ReporterConfig rerun_auth_config?:^*v1.RerunAuthConfig rerun_command?:string run_before_merge?:bool run_if_changed?:^string skip_branches?:^[string skip_fetch_head?:^bool skip_if_only_changed?:^string skip_report?:^bool skip_submodules?:^bool spec?:^*v1.PodSpec tekton_pipeline_run_spec?:^*v1.TektonPipelineRunSpec trigger?:string
config.ProwJobDefaultEntry cluster?:string config?:*v1.ProwJobDefault repo?:string
config.PubSubTrigger allowed_clusters:[string max_outstanding_messages:int project:string topics:[string
config.PushGateway endpoint?:string interval?:*!v1.Duration serve_metrics:bool
config.Repo allow_deletions?:^*bool allow_force_pushes?:^*bool branches?:{config.Branch enforce_admins?:^*bool exclude?:^[string include?:^[string protect?:^*bool require_manually_triggered_jobs?:^*bool required_linear_history?:^*bool required_pull_request_reviews?:^*config.ReviewPolicy required_status_checks?:^*config.ContextPolicy restrictions?:^*config.Restrictions unmanaged?:^*bool
config.Restrictions apps?:[string teams?:[string users?:[string
config.ReviewPolicy bypass_pull_request_allowances?:*config.BypassRestrictions dismiss_stale_reviews?:*bool dismissal_restrictions?:*config.DismissalRestrictions require_code_owner_reviews?:*bool required_approving_review_count?:*int
config.Scheduler enabled?:bool failover?:*config.FailoverScheduling
config.Sinker exclude_clusters?:[string max_pod_age?:*!v1.Duration max_prowjob_age?:*!v1.Duration resync_period?:*!v1.Duration terminated_pod_ttl?:*!v1.Duration
config.SlackReporter channel?:^string host?:^string job_states_to_report?:^[string job_types_to_report?:[string report?:^*bool report_template?:^string
config.Spyglass announcement?:string bucket_aliases?:{string gcs_browser_prefix?:string gcs_browser_prefixes?:{string gcs_browser_prefixes_by_bucket?:{string hide_pr_history_link?:bool lenses?:[config.LensFileConfig pr_history_link_template?:string size_limit?:int testgrid_config?:string testgrid_root?:string viewers?:{[string
config.Tide batch_size_limit?:^{int blocker_label?:^string context_options?:^config.TideContextPolicyOptions display_all_tide_queries_in_status?:^bool gerrit?:*config.TideGerritConfig max_goroutines?:int merge_commit_template?:^{config.TideMergeCommitTemplate merge_label?:^string merge_method?:^{!config.TideOrgMergeType pr_status_base_url?:^string pr_status_base_urls?:^{string prioritize_existing_batches?:{bool priority?:^[config.TidePriority queries?:^[config.TideQuery rebase_label?:^string squash_label?:^string status_update_period?:^*!v1.Duration sync_period?:*!v1.Duration target_url?:^string target_urls?:^{string
config.TideContextPolicy from-branch-protection?:*bool optional-contexts?:[string required-contexts?:[string required-if-present-contexts?:[string skip-unknown-contexts?:*bool
config.TideContextPolicyOptions from-branch-protection?:^*bool optional-contexts?:^[string orgs?:{config.TideOrgContextPolicy required-contexts?:^[string required-if-present-contexts?:^[string skip-unknown-contexts?:^*bool
config.TideGerritConfig queries:[config.GerritOrgRepoConfig ratelimit?:int
config.TideMergeCommitTemplate body?:string title?:string
config.TideOrgContextPolicy from-branch-protection?:^*bool optional-contexts?:^[string repos?:{config.TideRepoContextPolicy required-contexts?:^[string required-if-present-contexts?:^[string skip-unknown-contexts?:^*bool
config.TidePriority labels?:[string
config.TideQuery author?:string excludedBranches?:[string excludedRepos?:[string includedBranches?:[string labels?:[string milestone?:string missingLabels?:[string orgs?:[string repos?:[string reviewApprovedRequired?:bool
config.TideRepoContextPolicy branches?:{config.TideContextPolicy from-branch-protection?:^*bool optional-contexts?:^[string required-contexts?:^[string required-if-present-contexts?:^[string skip-unknown-contexts?:^*bool
ownersconfig.Filenames owners?:string owners_aliases?:string
plugins.Approve commandHelpLink:string ignore_review_state?:*bool issue_required?:bool lgtm_acts_as_approve?:bool pr_process_link?:string repos?:[string require_self_approval?:*bool
plugins.AssignOnLabel label:string
plugins.Blockade blockregexps?:[string branchregexp?:*string exceptionregexps?:[string explanation?:string repos?:[string
plugins.Blunderbuss exclude_approvers?:bool ignore_authors?:[string ignore_drafts?:bool max_request_count?:int request_count?:*int use_status_availability?:bool
plugins.BranchCleaner preserved_branches?:{[string
plugins.Bugzilla default?:{plugins.BugzillaBranchOptions orgs?:{plugins.BugzillaOrgOptions
plugins.BugzillaBranchOptions add_external_link?:*bool allowed_groups?:[string dependent_bug_states?:*[plugins.BugzillaBugState dependent_bug_statuses?:*[string dependent_bug_target_release?:*string dependent_bug_target_releases?:*[string enable_backporting?:*bool exclude_defaults?:*bool is_open?:*bool state_after_close?:*plugins.BugzillaBugState state_after_merge?:*plugins.BugzillaBugState state_after_validation?:*plugins.BugzillaBugState status_after_merge?:*string status_after_validation?:*string statuses?:*[string target_release?:*string valid_states?:*[plugins.BugzillaBugState validate_by_default?:*bool
plugins.BugzillaBugState resolution?:string status?:string
plugins.BugzillaOrgOptions default?:{plugins.BugzillaBranchOptions repos?:{plugins.BugzillaRepoOptions
plugins.BugzillaRepoOptions branches?:{plugins.BugzillaBranchOptions
plugins.Cat key_path?:string
plugins.CherryPickApproved approvers?:[string branchregexp?:string org?:string repo?:string
plugins.CherryPickUnapproved branchregexp?:string comment?:string
plugins.Configuration approve?:[plugins.Approve blockades?:[plugins.Blockade blunderbuss?:plugins.Blunderbuss branch_cleaner?:plugins.BranchCleaner bugzilla?:plugins.Bugzilla cat?:plugins.Cat cherry_pick_approved?:[plugins.CherryPickApproved cherry_pick_unapproved?:plugins.CherryPickUnapproved config_updater?:!plugins.ConfigUpdater dco?:{*plugins.Dco external_plugins?:{[plugins.ExternalPlugin golint?:plugins.Golint goose?:plugins.Goose heart?:plugins.Heart help?:plugins.Help jira?:*plugins.Jira label?:plugins.Label lgtm?:[plugins.Lgtm milestone_applier?:{{string override?:plugins.Override owners?:plugins.Owners plugins?:!plugins.Plugins project_config?:plugins.ProjectConfig project_manager?:plugins.ProjectManager repo_milestone?:{plugins.Milestone require_matching_label?:[plugins.RequireMatchingLabel retitle?:plugins.Retitle sigmention?:plugins.SigMention size?:plugins.Size slack?:plugins.Slack triggers?:[plugins.Trigger welcome?:[plugins.Welcome
plugins.Dco contributing_branch?:string contributing_path?:string contributing_repo?:string skip_dco_check_for_collaborators?:bool skip_dco_check_for_members?:bool trusted_apps?:[string trusted_org?:string
plugins.ExternalPlugin endpoint?:string events?:[string name:string
plugins.Golint minimum_confidence?:*float
plugins.Goose key_path?:string
plugins.Heart adorees?:[string commentregexp?:string
plugins.Help help_guidelines_summary?:string help_guidelines_url?:string
plugins.Jira disabled_jira_projects?:[string
plugins.Label additional_labels?:[string restricted_labels?:{[plugins.RestrictedLabel
plugins.Lgtm repos?:[string review_acts_as_lgtm?:bool store_tree_hash?:bool trusted_team_for_sticky_lgtm?:string
plugins.ManagedColumn id?:*int labels?:[string name?:string org?:string state?:string
plugins.ManagedOrgRepo projects?:{plugins.ManagedProject
plugins.ManagedProject columns?:[plugins.ManagedColumn
plugins.MergeWarning channels?:[string exempt_branches?:{[string exempt_users?:[string repos?:[string
plugins.Milestone maintainers_friendly_name?:string maintainers_id?:int maintainers_team?:string
plugins.Override allow_top_level_owners?:bool allowed_github_teams?:{[string
plugins.Owners filenames?:{ownersconfig.Filenames labels_denylist?:[string mdyamlrepos?:[string skip_collaborators?:[string
plugins.ProjectConfig project_org_configs?:{plugins.ProjectOrgConfig
plugins.ProjectManager orgsRepos?:{plugins.ManagedOrgRepo
plugins.ProjectOrgConfig org_default_column_map?:{string org_maintainers_team_id?:int project_repo_configs?:{plugins.ProjectRepoConfig
plugins.ProjectRepoConfig repo_default_column_map?:{string repo_maintainers_team_id?:int
plugins.RequireMatchingLabel branch?:string grace_period?:string issues?:bool missing_comment?:string missing_label?:string org?:string prs?:bool regexp?:string repo?:string
plugins.RestrictedLabel allowed_teams?:[string allowed_users?:[string assign_on?:[plugins.AssignOnLabel label:string
plugins.Retitle allow_closed_issues?:bool
plugins.SigMention regexp?:string
plugins.Size l:int m:int s:int xl:int xxl:int
plugins.Slack mentionchannels?:[string mergewarnings?:[plugins.MergeWarning
plugins.Trigger ignore_ok_to_test?:bool join_org_url?:string only_org_members?:bool repos?:[string trigger_github_workflows?:bool trusted_apps?:[string trusted_org?:string
plugins.Welcome always_post?:bool message_template?:string repos?:[string
v1.AWSElasticBlockStoreVolumeSource fsType?:string partition?:int readOnly?:bool volumeID:string
v1.Affinity nodeAffinity?:*v1.NodeAffinity podAffinity?:*v1.PodAffinity podAntiAffinity?:*v1.PodAntiAffinity
v1.AzureDiskVolumeSource cachingMode?:*string diskName:string diskURI:string fsType?:*string kind?:*string readOnly?:*bool
v1.AzureFileVolumeSource readOnly?:bool secretName:string shareName:string
v1.CSIVolumeSource driver:string fsType?:*string nodePublishSecretRef?:*v1.LocalObjectReference readOnly?:*bool volumeAttributes?:{string
v1.Capabilities add?:[string drop?:[string
v1.CensoringOptions censoring_buffer_size?:*int censoring_concurrency?:*int exclude_directories?:[string include_directories?:[string
v1.CephFSVolumeSource monitors:[string path?:string readOnly?:bool secretFile?:string secretRef?:*v1.LocalObjectReference user?:string
v1.CinderVolumeSource fsType?:string readOnly?:bool secretRef?:*v1.LocalObjectReference volumeID:string
v1.ClaimSource resourceClaimName?:*string resourceClaimTemplateName?:*string
v1.ConfigMapEnvSource name?:^string optional?:*bool
v1.ConfigMapKeySelector key:string name?:^string optional?:*bool
v1.ConfigMapProjection items?:[v1.KeyToPath name?:^string optional?:*bool
v1.ConfigMapVolumeSource defaultMode?:*int items?:[v1.KeyToPath name?:^string optional?:*bool
v1.Container args?:[string command?:[string env?:[v1.EnvVar envFrom?:[v1.EnvFromSource image?:string imagePullPolicy?:string lifecycle?:*v1.Lifecycle livenessProbe?:*v1.Probe name:string ports?:[v1.ContainerPort readinessProbe?:*v1.Probe resizePolicy?:[v1.ContainerResizePolicy resources?:v1.ResourceRequirements restartPolicy?:*string securityContext?:*v1.SecurityContext startupProbe?:*v1.Probe stdin?:bool stdinOnce?:bool terminationMessagePath?:string terminationMessagePolicy?:string tty?:bool volumeDevices?:[v1.VolumeDevice volumeMounts?:[v1.VolumeMount workingDir?:string
v1.ContainerPort containerPort:int hostIP?:string hostPort?:int name?:string protocol?:string
v1.ContainerResizePolicy resourceName:string restartPolicy:string
v1.DecorationConfig blobless_fetch?:*bool censor_secrets?:*bool censoring_options?:*v1.CensoringOptions cookiefile_secret?:*string default_memory_request?:*!resource.Quantity default_service_account_name?:*string fs_group?:*int gcs_configuration?:*v1.GCSConfiguration gcs_credentials_secret?:*string github_api_endpoints?:[string github_app_id?:string github_app_private_key_secret?:*v1.GitHubAppPrivateKeySecret grace_period?:*!v1.Duration oauth_token_secret?:*v1.OauthTokenSecret pod_pending_timeout?:*!v1.Duration pod_running_timeout?:*!v1.Duration pod_unscheduled_timeout?:*!v1.Duration resources?:*v1.Resources run_as_group?:*int run_as_user?:*int s3_credentials_secret?:*string set_limit_equals_memory_request?:*bool skip_cloning?:*bool ssh_host_fingerprints?:[string ssh_key_secrets?:[string timeout?:*!v1.Duration upload_ignores_interrupts?:*bool utility_images?:*v1.UtilityImages
v1.DownwardAPIProjection items?:[v1.DownwardAPIVolumeFile
v1.DownwardAPIVolumeFile fieldRef?:*v1.ObjectFieldSelector mode?:*int path:string resourceFieldRef?:*v1.ResourceFieldSelector
v1.DownwardAPIVolumeSource defaultMode?:*int items?:[v1.DownwardAPIVolumeFile
v1.EmptyDirVolumeSource medium?:string sizeLimit?:*!resource.Quantity
v1.EnvFromSource configMapRef?:*v1.ConfigMapEnvSource prefix?:string secretRef?:*v1.SecretEnvSource
v1.EnvVar name:string value?:string valueFrom?:*v1.EnvVarSource
v1.EnvVarSource configMapKeyRef?:*v1.ConfigMapKeySelector fieldRef?:*v1.ObjectFieldSelector resourceFieldRef?:*v1.ResourceFieldSelector secretKeyRef?:*v1.SecretKeySelector
v1.EphemeralContainer args?:^[string command?:^[string env?:^[v1.EnvVar envFrom?:^[v1.EnvFromSource image?:^string imagePullPolicy?:^string lifecycle?:^*v1.Lifecycle livenessProbe?:^*v1.Probe name:^string ports?:^[v1.ContainerPort readinessProbe?:^*v1.Probe resizePolicy?:^[v1.ContainerResizePolicy resources?:^v1.ResourceRequirements restartPolicy?:^*string securityContext?:^*v1.SecurityContext startupProbe?:^*v1.Probe stdin?:^bool stdinOnce?:^bool targetContainerName?:string terminationMessagePath?:^string terminationMessagePolicy?:^string tty?:^bool volumeDevices?:^[v1.VolumeDevice volumeMounts?:^[v1.VolumeMount workingDir?:^string
v1.EphemeralVolumeSource volumeClaimTemplate?:*v1.PersistentVolumeClaimTemplate
v1.ExecAction command?:[string
v1.FCVolumeSource fsType?:string lun?:*int readOnly?:bool targetWWNs?:[string wwids?:[string
v1.FlexVolumeSource driver:string fsType?:string options?:{string readOnly?:bool secretRef?:*v1.LocalObjectReference
v1.FlockerVolumeSource datasetName?:string datasetUUID?:string
v1.GCEPersistentDiskVolumeSource fsType?:string partition?:int pdName:string readOnly?:bool
v1.GCSConfiguration bucket?:string compress_file_types?:[string default_org?:string default_repo?:string job_url_prefix?:string local_output_dir?:string mediaTypes?:{string path_prefix?:string path_strategy?:string
v1.GRPCAction port:int service:*string
v1.GitHubAppPrivateKeySecret key?:string name?:string
v1.GitHubTeamSlug org:string slug:string
v1.GitRepoVolumeSource directory?:string repository:string revision?:string
v1.GlusterfsVolumeSource endpoints:string path:string readOnly?:bool
v1.HTTPGetAction host?:string httpHeaders?:[v1.HTTPHeader path?:string port:!intstr.IntOrString scheme?:string
v1.HTTPHeader name:string value:string
v1.HostAlias hostnames?:[string ip?:string
v1.HostPathVolumeSource path:string type?:*string
v1.ISCSIVolumeSource chapAuthDiscovery?:bool chapAuthSession?:bool fsType?:string initiatorName?:*string iqn:string iscsiInterface?:string lun:int portals?:[string readOnly?:bool secretRef?:*v1.LocalObjectReference targetPortal:string
v1.KeyToPath key:string mode?:*int path:string
v1.LabelSelector matchExpressions?:[v1.LabelSelectorRequirement matchLabels?:{string
v1.LabelSelectorRequirement key:string operator:string values?:[string
v1.Lifecycle postStart?:*v1.LifecycleHandler preStop?:*v1.LifecycleHandler
v1.LifecycleHandler exec?:*v1.ExecAction httpGet?:*v1.HTTPGetAction tcpSocket?:*v1.TCPSocketAction
v1.LocalObjectReference name?:string
v1.ManagedFieldsEntry apiVersion?:string fieldsType?:string fieldsV1?:*!v1.FieldsV1 manager?:string operation?:string subresource?:string time?:*!v1.Time
v1.NFSVolumeSource path:string readOnly?:bool server:string
v1.NodeAffinity preferredDuringSchedulingIgnoredDuringExecution?:[v1.PreferredSchedulingTerm requiredDuringSchedulingIgnoredDuringExecution?:*v1.NodeSelector
v1.NodeSelector nodeSelectorTerms:[v1.NodeSelectorTerm
v1.NodeSelectorRequirement key:string operator:string values?:[string
v1.NodeSelectorTerm matchExpressions?:[v1.NodeSelectorRequirement matchFields?:[v1.NodeSelectorRequirement
v1.OauthTokenSecret key?:string name?:string
v1.ObjectFieldSelector apiVersion?:string fieldPath:string
v1.ObjectMeta annotations?:{string creationTimestamp?:!v1.Time deletionGracePeriodSeconds?:*int deletionTimestamp?:*!v1.Time finalizers?:[string generateName?:string generation?:int labels?:{string managedFields?:[v1.ManagedFieldsEntry name?:string namespace?:string ownerReferences?:[v1.OwnerReference resourceVersion?:string selfLink?:string uid?:string
v1.OwnerReference apiVersion:string blockOwnerDeletion?:*bool controller?:*bool kind:string name:string uid:string
v1.PersistentVolumeClaimSpec accessModes?:[string dataSource?:*v1.TypedLocalObjectReference dataSourceRef?:*v1.TypedObjectReference resources?:v1.ResourceRequirements selector?:*v1.LabelSelector storageClassName?:*string volumeMode?:*string volumeName?:string
v1.PersistentVolumeClaimTemplate metadata?:v1.ObjectMeta spec:v1.PersistentVolumeClaimSpec
v1.PersistentVolumeClaimVolumeSource claimName:string readOnly?:bool
v1.PhotonPersistentDiskVolumeSource fsType?:string pdID:string
v1.PodAffinity preferredDuringSchedulingIgnoredDuringExecution?:[v1.WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution?:[v1.PodAffinityTerm
v1.PodAffinityTerm labelSelector?:*v1.LabelSelector namespaceSelector?:*v1.LabelSelector namespaces?:[string topologyKey:string
v1.PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution?:[v1.WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution?:[v1.PodAffinityTerm
v1.PodDNSConfig nameservers?:[string options?:[v1.PodDNSConfigOption searches?:[string
v1.PodDNSConfigOption name?:string value?:*string
v1.PodOS name:string
v1.PodReadinessGate conditionType:string
v1.PodResourceClaim name:string source?:v1.ClaimSource
v1.PodSchedulingGate name:string
v1.PodSecurityContext fsGroup?:*int fsGroupChangePolicy?:*string runAsGroup?:*int runAsNonRoot?:*bool runAsUser?:*int seLinuxOptions?:*v1.SELinuxOptions seccompProfile?:*v1.SeccompProfile supplementalGroups?:[int sysctls?:[v1.Sysctl windowsOptions?:*v1.WindowsSecurityContextOptions
v1.PodSpec activeDeadlineSeconds?:*int affinity?:*v1.Affinity automountServiceAccountToken?:*bool containers:[v1.Container dnsConfig?:*v1.PodDNSConfig dnsPolicy?:string enableServiceLinks?:*bool ephemeralContainers?:[v1.EphemeralContainer hostAliases?:[v1.HostAlias hostIPC?:bool hostNetwork?:bool hostPID?:bool hostUsers?:*bool hostname?:string imagePullSecrets?:[v1.LocalObjectReference initContainers?:[v1.Container nodeName?:string nodeSelector?:{string os?:*v1.PodOS overhead?:{!resource.Quantity preemptionPolicy?:*string priority?:*int priorityClassName?:string readinessGates?:[v1.PodReadinessGate resourceClaims?:[v1.PodResourceClaim restartPolicy?:string runtimeClassName?:*string schedulerName?:string schedulingGates?:[v1.PodSchedulingGate securityContext?:*v1.PodSecurityContext serviceAccount?:string serviceAccountName?:string setHostnameAsFQDN?:*bool shareProcessNamespace?:*bool subdomain?:string terminationGracePeriodSeconds?:*int tolerations?:[v1.Toleration topologySpreadConstraints?:[v1.TopologySpreadConstraint volumes?:[v1.Volume
v1.PortworxVolumeSource fsType?:string readOnly?:bool volumeID:string
v1.PreferredSchedulingTerm preference:v1.NodeSelectorTerm weight:int
v1.Probe exec?:^*v1.ExecAction failureThreshold?:int grpc?:^*v1.GRPCAction httpGet?:^*v1.HTTPGetAction initialDelaySeconds?:int periodSeconds?:int successThreshold?:int tcpSocket?:^*v1.TCPSocketAction terminationGracePeriodSeconds?:*int timeoutSeconds?:int
v1.ProjectedVolumeSource defaultMode?:*int sources:[v1.VolumeProjection
v1.ProwJobDefault resultstore_config?:*v1.ResultStoreConfig tenant_id?:string
v1.Pull author:string author_link?:string commit_link?:string head_ref?:string link?:string number:int ref?:string sha:string title?:string
v1.QuobyteVolumeSource group?:string readOnly?:bool registry:string tenant?:string user?:string volume:string
v1.RBDVolumeSource fsType?:string image:string keyring?:string monitors:[string pool?:string readOnly?:bool secretRef?:*v1.LocalObjectReference user?:string
v1.Refs base_link?:string base_ref?:string base_sha?:string blobless_fetch?:*bool clone_depth?:int clone_uri?:string org:string path_alias?:string pulls?:[v1.Pull repo:string repo_link?:string skip_fetch_head?:bool skip_submodules?:bool workdir?:bool
v1.ReporterConfig slack?:*v1.SlackReporterConfig
v1.RerunAuthConfig allow_anyone?:bool github_orgs?:[string github_team_ids?:[int github_team_slugs?:[v1.GitHubTeamSlug github_users?:[string
v1.ResourceClaim name:string
v1.ResourceFieldSelector containerName?:string divisor?:!resource.Quantity resource:string
v1.ResourceRequirements claims?:[v1.ResourceClaim limits?:{!resource.Quantity requests?:{!resource.Quantity
v1.Resources clonerefs?:*v1.ResourceRequirements initupload?:*v1.ResourceRequirements place_entrypoint?:*v1.ResourceRequirements sidecar?:*v1.ResourceRequirements
v1.ResultStoreConfig project_id?:string
v1.SELinuxOptions level?:string role?:string type?:string user?:string
v1.ScaleIOVolumeSource fsType?:string gateway:string protectionDomain?:string readOnly?:bool secretRef:*v1.LocalObjectReference sslEnabled?:bool storageMode?:string storagePool?:string system:string volumeName?:string
v1.SeccompProfile localhostProfile?:*string type:string
v1.SecretEnvSource name?:^string optional?:*bool
v1.SecretKeySelector key:string name?:^string optional?:*bool
v1.SecretProjection items?:[v1.KeyToPath name?:^string optional?:*bool
v1.SecretVolumeSource defaultMode?:*int items?:[v1.KeyToPath optional?:*bool secretName?:string
v1.SecurityContext allowPrivilegeEscalation?:*bool capabilities?:*v1.Capabilities privileged?:*bool procMount?:*string readOnlyRootFilesystem?:*bool runAsGroup?:*int runAsNonRoot?:*bool runAsUser?:*int seLinuxOptions?:*v1.SELinuxOptions seccompProfile?:*v1.SeccompProfile windowsOptions?:*v1.WindowsSecurityContextOptions
v1.ServiceAccountTokenProjection audience?:string expirationSeconds?:*int path:string
v1.SlackReporterConfig channel?:string host?:string job_states_to_report?:[string report?:*bool report_template?:string
v1.StorageOSVolumeSource fsType?:string readOnly?:bool secretRef?:*v1.LocalObjectReference volumeName?:string volumeNamespace?:string
v1.Sysctl name:string value:string
v1.TCPSocketAction host?:string port:!intstr.IntOrString
v1.TektonPipelineRunSpec v1beta1?:*any
v1.Toleration effect?:string key?:string operator?:string tolerationSeconds?:*int value?:string
v1.TopologySpreadConstraint labelSelector?:*v1.LabelSelector matchLabelKeys?:[string maxSkew:int minDomains?:*int nodeAffinityPolicy?:*string nodeTaintsPolicy?:*string topologyKey:string whenUnsatisfiable:string
v1.TypedLocalObjectReference apiGroup:*string kind:string name:string
v1.TypedObjectReference apiGroup:*string kind:string name:string namespace?:*string
v1.UtilityImages clonerefs?:string entrypoint?:string initupload?:string sidecar?:string
v1.Volume awsElasticBlockStore?:^*v1.AWSElasticBlockStoreVolumeSource azureDisk?:^*v1.AzureDiskVolumeSource azureFile?:^*v1.AzureFileVolumeSource cephfs?:^*v1.CephFSVolumeSource cinder?:^*v1.CinderVolumeSource configMap?:^*v1.ConfigMapVolumeSource csi?:^*v1.CSIVolumeSource downwardAPI?:^*v1.DownwardAPIVolumeSource emptyDir?:^*v1.EmptyDirVolumeSource ephemeral?:^*v1.EphemeralVolumeSource fc?:^*v1.FCVolumeSource flexVolume?:^*v1.FlexVolumeSource flocker?:^*v1.FlockerVolumeSource gcePersistentDisk?:^*v1.GCEPersistentDiskVolumeSource gitRepo?:^*v1.GitRepoVolumeSource glusterfs?:^*v1.GlusterfsVolumeSource hostPath?:^*v1.HostPathVolumeSource iscsi?:^*v1.ISCSIVolumeSource name:string nfs?:^*v1.NFSVolumeSource persistentVolumeClaim?:^*v1.PersistentVolumeClaimVolumeSource photonPersistentDisk?:^*v1.PhotonPersistentDiskVolumeSource portworxVolume?:^*v1.PortworxVolumeSource projected?:^*v1.ProjectedVolumeSource quobyte?:^*v1.QuobyteVolumeSource rbd?:^*v1.RBDVolumeSource scaleIO?:^*v1.ScaleIOVolumeSource secret?:^*v1.SecretVolumeSource storageos?:^*v1.StorageOSVolumeSource vsphereVolume?:^*v1.VsphereVirtualDiskVolumeSource
v1.VolumeDevice devicePath:string name:string
v1.VolumeMount mountPath:string mountPropagation?:*string name:string readOnly?:bool subPath?:string subPathExpr?:string
v1.VolumeProjection configMap?:*v1.ConfigMapProjection downwardAPI?:*v1.DownwardAPIProjection secret?:*v1.SecretProjection serviceAccountToken?:*v1.ServiceAccountTokenProjection
v1.VsphereVirtualDiskVolumeSource fsType?:string storagePolicyID?:string storagePolicyName?:string volumePath:string
v1.WeightedPodAffinityTerm podAffinityTerm:v1.PodAffinityTerm weight:int
v1.WindowsSecurityContextOptions gmsaCredentialSpec?:*string gmsaCredentialSpecName?:*string hostProcess?:*bool runAsUserName?:*string
`
