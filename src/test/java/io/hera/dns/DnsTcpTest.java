package io.hera.dns;

import static io.hera.dns.DnsNode.answers;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.dns.DnsNode.Tcp;
import io.hera.testkit.Eventually;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** DNS by TCP. */
@Execution(ExecutionMode.CONCURRENT)
class DnsTcpTest {
  @AutoClose
  private DnsNode dns = DnsNode.ready();

  private void restart(int connections, long idleMillis) {
    dns.close();
    UnaryOperator<ServerSettings> change = old -> new ServerSettings(
        old.hosts(),
        old.port(),
        old.domain(),
        old.udpBytes(),
        connections,
        idleMillis,
        old.node(),
        old.serial());
    dns = DnsNode.with(change);
  }

  private void register(int instances) {
    for (int i = 0; i < instances; i++) {
      dns.node.register("/s/" + i, "{\"host\":\"10.0.0." + i + "\",\"port\":80}");
    }
    Eventually.passes(
        () -> assertThat(answers(dns.askTcp("s.service", Type.A))).hasSize(instances));
  }

  private static byte[] query(int id) {
    Message question = DnsNode.question("s.service", Type.A);
    question.getHeader().setID(id);
    return question.toWire();
  }

  @Test
  void manyQueriesInOneSegmentAreAnsweredInTheirOrder() {
    register(3);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 250; i++) {
      byte[] query = query(i);
      all.write(0);
      all.write(query.length);
      all.writeBytes(query);
    }
    try (Tcp tcp = new Tcp(dns.port)) {
      tcp.raw(all.toByteArray());
      for (int i = 0; i < 250; i++) {
        Message answer = DnsNode.parsed(tcp.read());
        assertThat(answer.getHeader().getID()).isEqualTo(i);
        assertThat(answers(answer)).hasSize(3);
      }
    }
  }

  @Test
  void aMessageMayComeInPieces() {
    register(1);
    byte[] query = query(5);
    try (Tcp tcp = new Tcp(dns.port)) {
      tcp.raw((byte) 0);
      tcp.raw((byte) query.length);
      for (byte one : query) {
        tcp.raw(one);
      }
      assertThat(answers(DnsNode.parsed(tcp.read()))).containsExactly("A 10.0.0.0");
      tcp.send(query(6));
      assertThat(DnsNode.parsed(tcp.read()).getHeader().getID()).isEqualTo(6);
    }
  }

  @Test
  void aMessageThatIsNoQueryEndsTheConnection() {
    try (Tcp tcp = new Tcp(dns.port)) {
      tcp.raw((byte) 0, (byte) 0);
      assertThat(tcp.isClosed()).isTrue();
    }
    try (Tcp tcp = new Tcp(dns.port)) {
      tcp.send(new byte[11]);
      assertThat(tcp.isClosed()).isTrue();
    }
    byte[] answer = query(1);
    answer[2] |= (byte) 0x80;
    try (Tcp tcp = new Tcp(dns.port)) {
      tcp.send(answer);
      assertThat(tcp.isClosed()).isTrue();
    }
  }

  @Test
  void aMessageThatIsNotCompleteInTimeEndsTheConnection() {
    restart(512, 200);
    try (Tcp silent = new Tcp(dns.port);
        Tcp half = new Tcp(dns.port)) {
      half.raw((byte) 0xff, (byte) 0xff, (byte) 1);
      assertThat(silent.isClosed()).isTrue();
      assertThat(half.isClosed()).isTrue();
    }
  }

  @Test
  void anAddressHasAtMost16ConnectionsAndTheOneIdleForLongestGoes() {
    register(1);
    List<Tcp> open = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Tcp tcp = new Tcp(dns.port);
      tcp.send(query(i));
      tcp.read();
      open.add(tcp);
    }
    open.get(0).send(query(99));
    open.get(0).read();
    open.add(new Tcp(dns.port));
    assertThat(open.get(1).isClosed()).isTrue();
    open.get(0).send(query(100));
    assertThat(DnsNode.parsed(open.get(0).read()).getHeader().getID()).isEqualTo(100);
    open.forEach(Tcp::close);
  }

  @Test
  void oneConnectionTooManyTakesThePlaceOfAnIdleOne() {
    restart(1, 10_000);
    try (Tcp first = new Tcp(dns.port)) {
      first.send(query(1));
      first.read();
      try (Tcp second = new Tcp(dns.port)) {
        assertThat(first.isClosed()).isTrue();
        second.send(query(2));
        assertThat(DnsNode.parsed(second.read()).getHeader().getID()).isEqualTo(2);
      }
    }
  }

  /** 65,535 bytes are the most that a message can have. */
  @Test
  void anAnswerThatIsTooLongForTcpHasAPartAndTheBitTc() {
    StringBuilder all = new StringBuilder("{\"big\":{");
    for (int i = 0; i < 2_000; i++) {
      all.append(i == 0 ? "" : ",")
          .append("\"" + i + "\":{\"host\":\"10.1." + i / 250 + "." + i % 250 + "\",\"port\":80}");
    }
    dns.node.send("POST", "/_batch", all.append("}}").toString());
    Eventually.passes(() -> {
      Message message = dns.askTcp("big.service", Type.SRV);
      assertThat(message.getSection(Section.ANSWER)).hasSizeBetween(1_100, 1_999);
      assertThat(message.getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(message.getSection(Section.ADDITIONAL)).isEmpty();
    });
    assertThat(dns.askTcp("big.service", Type.A).getSection(Section.ANSWER)).hasSize(2_000);
    assertThat(dns.report().cut()).isPositive();
  }

  @Test
  void otherClientsAreAnsweredWhileOneDoesNotRead() {
    StringBuilder all = new StringBuilder("{\"big\":{");
    for (int i = 0; i < 2_000; i++) {
      all.append(i == 0 ? "" : ",")
          .append("\"" + i + "\":{\"host\":\"10.1." + i / 250 + "." + i % 250 + "\",\"port\":80}");
    }
    dns.node.send("POST", "/_batch", all.append("}}").toString());
    Eventually.passes(() ->
        assertThat(dns.askTcp("big.service", Type.A).getSection(Section.ANSWER)).hasSize(2_000));
    try (Tcp slow = new Tcp(dns.port)) {
      for (int i = 0; i < 400; i++) {
        slow.send(DnsNode.question("big.service", Type.A).toWire());
      }
      assertThat(answers(dns.askTcp("big.service", Type.A))).hasSize(2_000);
      for (int i = 0; i < 400; i++) {
        assertThat(slow.read().length).isGreaterThan(30_000);
      }
    }
  }
}
