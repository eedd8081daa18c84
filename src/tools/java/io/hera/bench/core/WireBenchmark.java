package io.hera.bench.core;

import io.hera.json.Documents;
import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.wire.Decoded;
import io.hera.wire.Gzip;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reading and writing: a document of about 100 bytes, and an answer of {@link #entries} such
 * entries.
 */
@State(Scope.Benchmark)
public class WireBenchmark extends CoreBenchmark {
  private static final int DOCUMENT_BYTES_MAX = 1 << 16;
  private static final int DEPTH_MAX = 32;

  @Param({"10", "2500"})
  public int entries;

  private byte[] document;
  private V2Answer answer;
  private byte[] encoded;
  private byte[] compressed;

  @Setup
  public void make() {
    document = document(1);
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      Key key = new Key("service-" + i / 100, "i-" + i);
      all.add(new Registration(key, document(i), 1_700_000_000_000L + i, i, 300_000));
    }
    long last = 1_700_000_000_000L + entries;
    Delta delta = new Delta(List.of(new OriginDelta("a", 0, last, false, all)));
    answer = new V2Answer(Handshake.of(new NodeId("a", "9f2c")), last, 300_000, delta);
    encoded = encode();
    compressed = gzip();
  }

  private static byte[] document(int instance) {
    return ("{\"ip\":\"10.1.2.3\",\"port\":8080,\"zone\":\"eu-1\",\"version\":\"1.4.2\",\"n\":"
            + instance + ",\"updated_at\":1700000000000}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Checks a document. */
  @Benchmark
  public byte[] check() throws Malformed {
    Documents.check(document, DOCUMENT_BYTES_MAX, DEPTH_MAX);
    return document;
  }

  @Benchmark
  public byte[] encode() {
    return V2Codec.encode(answer);
  }

  @Benchmark
  public Decoded<V2Answer> decode() throws Malformed {
    return V2Codec.decode(encoded, entries);
  }

  @Benchmark
  public byte[] gzip() {
    return Gzip.deflate(encoded);
  }

  @Benchmark
  public byte[] gunzip() throws Malformed {
    return Gzip.inflate(compressed, encoded.length);
  }
}
