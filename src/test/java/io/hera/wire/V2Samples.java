package io.hera.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import java.util.List;

/** Answers of version 2 for tests. */
final class V2Samples {
  static final String GOLDEN =
      "{\"node\":\"sr-lon-1\",\"life\":\"9f2c\",\"now\":1355833270000,\"liveness\":300,"
          + "\"origins\":{\"sr-ash-1\":{\"from\":1355833258675,\"to\":1355833268199,\"reset\":false,"
          + "\"entries\":[[\"srv1\",\"id1\",{\"port\": 1.10},1355833258676,11324,300000]],"
          + "\"tombstones\":[[\"srv1\",\"id9\",1355833268199,1801]]}},\"more\":false,\"held\":{}}";

  static final V2Answer ANSWER = new V2Answer(
      Handshake.of(new NodeId("sr-lon-1", "9f2c")),
      1_355_833_270_000L,
      300_000,
      new Delta(List.of(new OriginDelta(
          "sr-ash-1",
          1_355_833_258_675L,
          1_355_833_268_199L,
          false,
          List.of(
              new Registration(
                  new Key("srv1", "id1"),
                  "{\"port\": 1.10}".getBytes(UTF_8),
                  1_355_833_258_676L,
                  11_324,
                  300_000),
              new Tombstone(new Key("srv1", "id9"), 1_355_833_268_199L, 1_801))))));

  private V2Samples() {}

  static String envelope(String origins) {
    return "{\"node\":\"n\",\"life\":\"l\",\"now\":1,\"liveness\":300,\"origins\":{" + origins
        + "}}";
  }

  static Decoded<V2Answer> decode(String body) throws Malformed {
    return V2Codec.decode(body.getBytes(UTF_8), 100);
  }
}
