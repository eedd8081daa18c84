package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Invariant S6: a client reads, at any node, the bytes that a client has put. */
class S06BytesTest extends ThreeNodes {
  @Test
  void theBytesReadAtAnotherNodeAreTheBytesPut() {
    byte[] document = "{ \"ä\" : 1.0e0 }\n".getBytes(StandardCharsets.UTF_8);
    a.registry().put(TestNode.key("s/1"), document, 0);
    b.pull(a);
    c.pull(b);
    c.registry()
        .view()
        .forEachInstance(
            "s", (id, bytes) -> assertThat(Arrays.equals(bytes, document)).isTrue());
    assertThat(c.service("s")).hasSize(1);
  }
}
