/**
 * The snapshot: a file from which a node brings back what it held, when it and all its peers have stopped (P14).
 *
 * <p>The file holds what the node would answer to a peer that asks from 0, in the format of version 2 that travels between nodes.
 * Whatever its content is, and whatever the disk does, the node starts and serves: a file that cannot be read is kept aside, and a
 * save that fails refuses no request.
 *
 * <pre>
 * start   SnapshotVerticle ─ SnapshotFiles ─ SnapshotReader ──→ Store.restore
 * later   SnapshotVerticle ─ Store.page ──→ SnapshotWriter ──→ SnapshotFiles
 * </pre>
 */
@NullMarked
package io.hera.disk;

import org.jspecify.annotations.NullMarked;
