package io.hera.disk;

import io.hera.disk.file.SnapshotFiles;
import io.hera.disk.file.SnapshotHeader;
import io.hera.disk.file.SnapshotWriter;
import io.hera.registry.Delta;
import io.hera.store.OwnHandshake;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.io.IOException;

/**
 * Writes the drains to a file of their own, in the format of a snapshot (P18): that of a large node takes
 * seconds, and an operator's command is answered when the disk has it.
 */
record DrainSave(SnapshotFiles files, OwnHandshake self) {
  /** Returns when the disk has the drains. It blocks. If it fails, the file from before is as it was. */
  void run(SnapshotHeader header, Delta drains) throws IOException {
    try (SnapshotWriter out = new SnapshotWriter(files.drainsDraft(), header)) {
      out.page(V2Codec.encode(
          new V2Answer(self.handshake(), header.wallMillis(), header.livenessMillis(), drains)));
      out.end();
    }
    files.replaceDrains();
  }
}
