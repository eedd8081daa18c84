package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Invariant S6 of PROTOCOL.md: what is read at any node are the bytes that were put. */
class S06BytesTest extends ThreeNodes {
  @Test
  void bytesReadAreTheBytesPut() {
    byte[] document = "{ \"ä\" : 1.0e0 }\n".getBytes(StandardCharsets.UTF_8);
    a.registry().put(TestNode.key("s/1"), document, 0);
    b.pull(a);
    c.pull(b);
    c.registry()
        .forEach("s", (id, bytes) -> assertThat(Arrays.equals(bytes, document)).isTrue());
    assertThat(c.service("s")).hasSize(1);
  }
}
