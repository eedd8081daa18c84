package io.hera.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.IpText;
import io.hera.store.LeftOut;
import io.hera.testkit.Ports;
import io.hera.testkit.ServedNode;
import io.hera.wire.Networks;
import io.hera.wire.NodeStatus;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** A node that answers DNS on a free port of loopback, and a client of it. */
final class DnsNode implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";
  static final InetAddress NODE_A = ip("10.9.9.1");

  private static final int ANSWER_MILLIS_MAX = 20_000;
  private static final int SILENCE_MILLIS = 300;

  final ServedNode node;
  final DnsVerticle verticle;
  final LeftOut leftOut = new LeftOut();
  final int port = Ports.free();

  private DnsNode(ServedNode node, UnaryOperator<ServerSettings> change, Networks allow) {
    this.node = node;
    ServerSettings settings = change.apply(new ServerSettings(
        List.of(LOOPBACK), port, "hera.internal", 1_232, 512, 10_000, "a", 1_700_000_000L));
    verticle = new DnsVerticle(
        node.store,
        settings,
        terms(1, allow),
        node.readiness::ready,
        node.access::strangersReads,
        leftOut,
        System::nanoTime,
        new Random(1));
    node.deploy(verticle);
  }

  static DnsNode ready() {
    return of(ServedNode.ready());
  }

  static DnsNode of(ServedNode node) {
    return new DnsNode(node, settings -> settings, Networks.PRIVATE);
  }

  static DnsNode with(UnaryOperator<ServerSettings> change) {
    return new DnsNode(ServedNode.ready(), change, Networks.PRIVATE);
  }

  static DnsNode allowing(Networks allow) {
    return new DnsNode(ServedNode.ready(), settings -> settings, allow);
  }

  static Terms terms(int ttl, Networks allow) {
    return new Terms(ttl, 1, allow, Map.of("a", NODE_A, "b.c", ip("fd00::b")));
  }

  static InetAddress ip(String text) {
    return IpText.parse(text).orElseThrow();
  }

  NodeStatus.Dns report() {
    return verticle.report().await().orElseThrow();
  }

  static Message question(String name, int type) {
    try {
      return Message.newQuery(Record.newRecord(
          Name.fromString(name.endsWith(".") ? name : name + ".hera.internal."), type, DClass.IN));
    } catch (TextParseException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  /** Asks by UDP; names without a dot at the end are below the domain. */
  Message ask(String name, int type) {
    return ask(question(name, type));
  }

  Message ask(Message question) {
    return parsed(udp(question.toWire()).orElseThrow(() -> new AssertionError("no answer")));
  }

  static Message parsed(byte[] answer) {
    try {
      return new Message(answer);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  /** Sends a datagram and returns the answer to it, if one comes. */
  Optional<byte[]> udp(byte[] message) {
    return udp(message, ANSWER_MILLIS_MAX);
  }

  /** Sends a datagram to which no answer is expected. */
  void isSilentTo(byte[] message) {
    assertThat(udp(message, SILENCE_MILLIS)).isEmpty();
  }

  private Optional<byte[]> udp(byte[] message, int millis) {
    try (DatagramSocket socket = new DatagramSocket(0, ip(LOOPBACK))) {
      socket.setSoTimeout(millis);
      socket.send(new DatagramPacket(message, message.length, ip(LOOPBACK), port));
      DatagramPacket answer = new DatagramPacket(new byte[65_536], 65_536);
      socket.receive(answer);
      assertThat(answer.getPort()).isEqualTo(port);
      return Optional.of(Arrays.copyOf(answer.getData(), answer.getLength()));
    } catch (SocketTimeoutException none) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Asks by TCP on a connection of its own. */
  Message askTcp(String name, int type) {
    try (Tcp tcp = new Tcp(port)) {
      tcp.send(question(name, type).toWire());
      return parsed(tcp.read());
    }
  }

  /** A connection. */
  static final class Tcp implements AutoCloseable {
    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    Tcp(int port) {
      try {
        socket = new Socket(ip(LOOPBACK), port);
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        out = new DataOutputStream(socket.getOutputStream());
        in = new DataInputStream(socket.getInputStream());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    void send(byte[] message) {
      byte[] framed = new byte[message.length + 2];
      framed[0] = (byte) (message.length >> 8);
      framed[1] = (byte) message.length;
      System.arraycopy(message, 0, framed, 2, message.length);
      raw(framed);
    }

    void raw(byte... bytes) {
      try {
        out.write(bytes);
        out.flush();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    byte[] read() {
      try {
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return message;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    /** Returns whether the server has closed the connection, or does so in time. */
    boolean isClosed() {
      try {
        return in.read() < 0;
      } catch (SocketTimeoutException open) {
        return false;
      } catch (IOException reset) {
        return true;
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** Returns the answer section as sorted lines: type and data. */
  static List<String> answers(Message message) {
    return lines(message, Section.ANSWER);
  }

  static List<String> additional(Message message) {
    return lines(message, Section.ADDITIONAL);
  }

  private static List<String> lines(Message message, int section) {
    return message.getSection(section).stream()
        .filter(record -> record.getType() != Type.OPT)
        .map(record -> (section == Section.ADDITIONAL ? record.getName() + " " : "")
            + Type.string(record.getType()) + " " + record.rdataToString())
        .sorted()
        .toList();
  }

  static String rcode(Message message) {
    return Rcode.string(message.getRcode());
  }

  @Override
  public void close() {
    node.close();
  }
}
