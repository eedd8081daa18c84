package io.hera.gossip.serve;

import io.hera.registry.Dialect;
import io.hera.registry.OriginDelta;
import io.hera.store.DeltaResponse;
import io.hera.store.OwnHandshake;
import io.hera.wire.V1Codec;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.time.InstantSource;

/**
 * Writes answers to peers in their dialect. Any thread may use it.
 *
 * @param self what the answering node says of itself
 * @param wall unix time
 */
public record DeltaWriter(OwnHandshake self, InstantSource wall) {
  /** Returns the answer's bytes. */
  public byte[] write(DeltaResponse response, Dialect dialect) {
    return dialect == Dialect.V1 ? v1(response) : v2(response);
  }

  private static byte[] v1(DeltaResponse response) {
    return V1Codec.encode(
        response.delta(),
        response.delta().origins().stream().map(OriginDelta::origin).toList());
  }

  private byte[] v2(DeltaResponse response) {
    return V2Codec.encode(new V2Answer(
        self.handshake(),
        wall.millis(),
        response.livenessMillis(),
        self.membersHash(),
        response.delta(),
        response.held(),
        response.checksums(),
        response.view()));
  }
}
