package io.hera.bench.steady;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Connections of many clients to one node, read by one thread. They share one buffer, so they cost
 * little beside a node on the same processors.
 */
final class Sockets implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final InetSocketAddress node;
  private final Selector selector;
  private final byte[] bytes = new byte[BUFFER_BYTES];
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos));
  private final Thread thread = new Thread(this::run, "clients");
  private volatile boolean closed;

  Sockets(int port) {
    node = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      selector = Selector.open();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    thread.setDaemon(true);
    thread.start();
  }

  private record Timer(long atNanos, Runnable task) {}

  /** Connects a client, and has {@code begin} run on the thread that reads. */
  <C extends Client> C connect(C client, Consumer<C> begin) {
    try {
      SocketChannel channel = SocketChannel.open(node);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      run(() -> {
        client.opened(this, register(channel, client));
        begin.accept(client);
      });
      return client;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private SelectionKey register(SocketChannel channel, Client client) {
    try {
      return channel.register(selector, SelectionKey.OP_READ, client);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Has the thread run a task soon. */
  void run(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Has the thread run a task later; called on the thread. */
  void after(long millis, Runnable task) {
    timers.add(new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), task));
  }

  private void run() {
    try {
      while (!closed) {
        runTasks();
        selector.select(this::read, waitMillis());
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    while (!timers.isEmpty() && timers.peek().atNanos <= System.nanoTime()) {
      timers.remove().task.run();
    }
  }

  private long waitMillis() {
    return timers.isEmpty()
        ? 0
        : Math.max(1, (timers.peek().atNanos - System.nanoTime()) / 1_000_000);
  }

  private void read(SelectionKey key) {
    Client client = (Client) key.attachment();
    int count;
    try {
      buffer.clear();
      count = ((SocketChannel) key.channel()).read(buffer);
    } catch (IOException reset) {
      count = -1;
    }
    if (count < 0) {
      client.disconnect();
      return;
    }
    buffer.flip().get(bytes, 0, count);
    client.read(bytes, count);
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
