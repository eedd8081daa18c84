package io.hera.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Ports of loopback that stay free until their server binds them, and while it is down.
 *
 * <p>They lie below those that Linux gives to outgoing connections and to servers at port 0. Each
 * process takes them from blocks of its own: it listens at the first port of a block as long as it
 * lives, which tells other processes that the block is taken. No port is given out twice.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  static final int BLOCK = 100;
  private static final int BLOCKS = 127;

  /** Kept, because the socket of an object that nothing refers to is closed. */
  private static final List<ServerSocket> CLAIMED = new ArrayList<>();

  private static int claims = (int) (ProcessHandle.current().pid() % BLOCKS);
  private static int next;
  private static int end;

  private Ports() {}

  /** Returns a port that no server listens at. */
  public static int free() {
    return free(1).get(0);
  }

  /** Returns {@code count} such ports, one after the other. */
  public static synchronized List<Integer> free(int count) {
    while (true) {
      if (next + count > end) {
        claimBlock();
      }
      List<Integer> ports = IntStream.range(next, next + count).boxed().toList();
      next += count;
      if (ports.stream().allMatch(Ports::isFree)) {
        return ports;
      }
    }
  }

  private static void claimBlock() {
    for (int tries = 0; tries < BLOCKS; tries++) {
      int first = FIRST + claims++ % BLOCKS * BLOCK;
      Optional<ServerSocket> claimed = listen(first);
      if (claimed.isPresent()) {
        CLAIMED.add(claimed.get());
        next = first + 1;
        end = first + BLOCK;
        return;
      }
    }
    throw new IllegalStateException("no free block of ports from " + FIRST + " on");
  }

  private static boolean isFree(int port) {
    Optional<ServerSocket> server = listen(port);
    server.ifPresent(Ports::close);
    return server.isPresent();
  }

  private static Optional<ServerSocket> listen(int port) {
    try {
      return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    } catch (IOException taken) {
      return Optional.empty();
    }
  }

  private static void close(ServerSocket server) {
    try {
      server.close();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
