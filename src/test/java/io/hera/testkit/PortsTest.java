package io.hera.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void aBlockStaysClaimedAsLongAsTheProcessRuns() {
    int port = Ports.free();
    int first = port - port % Ports.BLOCK;
    for (int i = 0; i < 10; i++) {
      System.gc();
    }
    assertThatThrownBy(() -> new ServerSocket(first, 1, InetAddress.getLoopbackAddress()).close())
        .isInstanceOf(BindException.class);
  }

  @Test
  void noPortIsGivenOutTwice() {
    HashSet<Integer> given = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      assertThat(given.add(Ports.free())).isTrue();
    }
  }
}
