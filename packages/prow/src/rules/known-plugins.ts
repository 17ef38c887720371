/** The plugins of hook, by the names in Prow's registry. */
export const KNOWN_PLUGINS: ReadonlySet<string> = new Set(
  `approve assign blockade blunderbuss branchcleaner bugzilla buildifier cat cherry-pick-approved
cherry-pick-unapproved cla config-updater dco dog golint goose heart help hold invalidcommitmsg jira label lgtm
lifecycle merge-method-comment mergecommitblocker milestone milestoneapplier milestonestatus override owners-label pony
project project-manager release-note require-matching-label retitle reward-owners shrug sigmention size skip
slackevents stage testfreeze transfer-issue trick-or-treat trigger verify-owners welcome wip yuks`.split(
    /\s+/u,
  ),
)
