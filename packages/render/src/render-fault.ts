import { Fault } from '@overlay-render/system'

/** The codes of `RenderFault`. */
export type RenderCode =
  /** The folder does not exist, or nothing in it or above it is a workspace. */
  | 'workspace-not-found'
  /** `init` found an `overlay-render.yaml`, which it does not overwrite. */
  | 'workspace-exists'
  /** `overlay-render.yaml` has a syntax error, an unknown key, or a value of the wrong form. */
  | 'workspace-config-invalid'
  /** There is no overlay of that name. */
  | 'overlay-unknown'
  /** A pattern of `overlays` matches no folder, or the workspace has no overlays. */
  | 'overlays-unmatched'
  /** A glob is not valid. */
  | 'pattern-invalid'
  /** A patch script belongs to no base config. */
  | 'script-unused'
  /** Several overlays have that name: name one by its path. */
  | 'overlay-ambiguous'
  /** The command needs the name of an overlay. */
  | 'overlay-not-given'
  /** An overlay extends itself, directly or through others. */
  | 'extends-cycle'
  /** A path leads out of the git work tree, or out of the workspace where there is none. */
  | 'outside-boundary'
  /** A symbolic link leads to nothing. */
  | 'link-broken'
  /** A link to a folder leads to a folder above it. */
  | 'link-loop'
  /** The file of a template does not exist. */
  | 'template-missing'
  /** A template has a syntax error, or cannot be rendered. */
  | 'template-invalid'
  /** A value of a template is not set. */
  | 'value-missing'
  /** A template value has the wrong form. */
  | 'value-invalid'
  /** The file of an edit is not in the stage. */
  | 'edit-file-missing'
  /** The expression of an edit cannot be evaluated, or leaves nothing of the file. */
  | 'edit-invalid'
  /** A file that the configuration names does not exist. */
  | 'file-missing'
  /** git keeps something else instead of a file's content: a pointer of git LFS, or an encrypted form. */
  | 'content-missing'
  /** A secret file does not exist, and real secrets are asked for. */
  | 'secret-missing'
  /** A script, a template or an edit reads a file of a secret while secrets are stubs. */
  | 'secret-read'
  /** A patch script reads an environment variable, which is not read with stub secrets. */
  | 'environment-refused'
  /** A side of a comparison is no overlay, golden, revision, cluster or file. */
  | 'comparison-unknown'
  /** The configuration does not name the files of Prow, or names one that does not exist. */
  | 'prow-missing'
  /** No context is configured for a cluster. */
  | 'context-missing'
  /** The context comes from a change that nobody has reviewed yet. */
  | 'context-unreviewed'
  /** git has no such revision, or it has no common ancestor with the work tree. */
  | 'revision-unknown'
  /** A shard is not of the form I/N. */
  | 'shard-invalid'
  /** A part of a review cannot be read. */
  | 'part-invalid'
  /** A part of a review is missing, given twice, or belongs to another review. */
  | 'parts-mismatch'
  /** The settings of the remote cache are not valid. */
  | 'remote-cache-invalid'
  /** The overlay renders no such resource. */
  | 'resource-unknown'
  /** Several resources of the overlay have that name. */
  | 'resource-ambiguous'
  /** The path of a value has a syntax error. */
  | 'path-invalid'
  /** The resource has no value at that path. */
  | 'path-unknown'

/** A problem of a workspace, or of a request to it. */
export class RenderFault extends Fault<RenderCode> {}
