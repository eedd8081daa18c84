package io.hera.torture;

import io.hera.testkit.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy for one directed link: it listens on loopback, forwards bytes to the port of the
 * target, and injects a {@link Fault}.
 *
 * <p>If a connection has lost bytes in a direction, that direction stays silent after healing: a
 * gap in a stream would be a fault of the proxy.
 */
final class FaultProxy implements AutoCloseable {
  private static final int BYTES_PER_SECOND = 16 * 1024;

  private final int target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final LongAdder bytesToAsker = new LongAdder();
  private final LongAdder bytesToTarget = new LongAdder();
  private volatile Listener listener;
  private volatile Fault fault = Fault.NONE;

  FaultProxy(int target) {
    this.target = target;
    this.port = Ports.free();
    this.listener = listen(port);
  }

  int port() {
    return port;
  }

  /** Returns the bytes of answers that it has forwarded so far. */
  long bytesToAsker() {
    return bytesToAsker.sum();
  }

  /** Returns the bytes of requests that it has forwarded so far. */
  long bytesToTarget() {
    return bytesToTarget.sum();
  }

  /** Injects a fault from now on, into present connections too. */
  void set(Fault next) {
    Fault before = fault;
    fault = next;
    if (next == Fault.REFUSE) {
      listener.close();
    } else if (before == Fault.REFUSE) {
      listener = listen(port);
    }
    if (next == Fault.RESET || next == Fault.REFUSE) {
      // All first: as soon as one end is closed, the threads that pump close the other.
      open.forEach(FaultProxy::resetOnClose);
      open.forEach(FaultProxy::close);
    }
  }

  @Override
  public void close() {
    listener.close();
    open.forEach(FaultProxy::close);
  }

  /** A listening socket and the thread that accepts its connections. */
  private record Listener(ServerSocket socket, Thread acceptor) {
    /**
     * Closes the socket. The system accepts connections for as long as the thread waits for one, so
     * its end is awaited.
     */
    void close() {
      FaultProxy.close(socket);
      try {
        acceptor.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Listener listen(int at) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
      return new Listener(socket, run(() -> accept(socket)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        join(from.accept());
      } catch (IOException closed) {
        // The listener is closed, or the target is down, and join has ended the connection.
      }
    }
  }

  private void join(Socket asker) throws IOException {
    open.add(asker);
    if (fault == Fault.RESET) {
      reset(asker);
      open.remove(asker);
      return;
    }
    try {
      Socket toTarget = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(toTarget);
      run(() -> pump(asker, toTarget, Fault.BLACK_HOLE, bytesToTarget));
      run(() -> pump(toTarget, asker, Fault.HALF_OPEN, bytesToAsker));
    } catch (IOException down) {
      reset(asker);
      open.remove(asker);
      throw down;
    }
  }

  private void pump(Socket from, Socket to, Fault silencer, LongAdder forwarded) {
    byte[] buffer = new byte[4096];
    boolean silent = false;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        Fault now = fault;
        silent |= now == silencer || now == Fault.BLACK_HOLE;
        if (!silent) {
          carry(now, buffer, count, out);
          forwarded.add(count);
        }
      }
    } catch (IOException ended) {
      // Both ends are closed below.
    } finally {
      close(from);
      close(to);
      open.remove(from);
      open.remove(to);
    }
  }

  static void carry(Fault now, byte[] buffer, int count, OutputStream out) throws IOException {
    if (now == Fault.LATENCY) {
      pause(ThreadLocalRandom.current().nextLong(20, 120));
    } else if (now == Fault.BANDWIDTH) {
      pause(count * 1000L / BYTES_PER_SECOND);
    }
    int done = 0;
    while (done < count) {
      int wanted = now == Fault.SLICING ? ThreadLocalRandom.current().nextInt(1, 8) : count;
      int piece = Math.min(wanted, count - done);
      out.write(buffer, done, piece);
      done += piece;
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }

  private static Thread run(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void reset(Socket socket) {
    resetOnClose(socket);
    close(socket);
  }

  private static void resetOnClose(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closed) {
      // There is nothing left to reset.
    }
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
