package io.hera.disk.file;

/** A snapshot cannot be read, or not further. */
public final class SnapshotFlaw extends Exception {
  private static final long serialVersionUID = 1;

  /** The message completes "the snapshot ...". */
  SnapshotFlaw(String message) {
    super(message);
  }
}
