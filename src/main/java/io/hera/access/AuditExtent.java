package io.hera.access;

/** The requests that the audit log of a node has lines for. */
public enum AuditExtent {
  /** Those that were refused. */
  REFUSALS,
  /** Those as well that registered, updated or deregistered an instance. */
  CHANGES
}
