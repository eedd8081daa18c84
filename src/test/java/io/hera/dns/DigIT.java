package io.hera.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hera.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program dig, an independent reader of DNS, by UDP and TCP. */
@Timeout(120)
class DigIT {
  @AutoClose
  private final DnsNode dns = DnsNode.ready();

  @BeforeEach
  void register() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(place -> Path.of(place, "dig").toFile().canExecute()),
        "dig is missing: scripts/test --install installs it");
    for (int i = 0; i < 100; i++) {
      dns.node.register(
          "/orders/" + i,
          "{\"host\":\"10.1.0." + i + "\",\"port\":" + (8_000 + i) + ",\"tags\":[\"v" + i % 2
              + "\"]}");
    }
    dns.node.register("/six/1", "{\"host\":\"fd00::1\",\"port\":80}");
    Eventually.passes(
        () -> assertThat(dig("+tcp", "+short", "orders.service", "A").lines()).hasSize(100));
  }

  private String dig(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("dig", "@127.0.0.1", "-p", "" + dns.port, "+tries=2", "+time=20"));
    for (String argument : arguments) {
      boolean isName = argument.contains(".") && !argument.startsWith("+");
      command.add(isName ? argument + ".hera.internal" : argument);
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(out).doesNotContain("malformed", "Warning", "WARNING: ID", "unexpected source");
    return out;
  }

  @Test
  void digReadsWhatTheNodeSays() throws IOException {
    assertThat(dig("+short", "i-7.orders.service", "A")).isEqualTo("10.1.0.7\n");
    assertThat(dig("+short", "six.service", "AAAA")).isEqualTo("fd00::1\n");
    assertThat(dig("+short", "six.service", "SRV"))
        .isEqualTo("1 256 80 i-1.six.service.hera.internal.\n");
    assertThat(dig("+short", "six.service", "TXT")).isEqualTo("\"id=1\"\n");
    assertThat(dig("six.service", "A")).contains("status: NOERROR", "ANSWER: 0", "AUTHORITY: 1");
    assertThat(dig("nosuch.service", "A"))
        .contains("status: NXDOMAIN", "flags: qr aa rd;", "SOA", "hostmaster.hera.internal.");
  }

  @Test
  void digAsksByTcpWhenAnAnswerIsCut() throws IOException {
    assertThat(dig("+noedns", "+ignore", "_orders._tcp.service", "SRV"))
        .contains("flags: qr aa tc rd;")
        .containsPattern("ANSWER: [1-9]");
    assertThat(dig("+short", "_orders._tcp.service", "SRV").lines()).hasSize(100);
    assertThat(dig("+tcp", "_orders._tcp.service", "SRV"))
        .contains("ANSWER: 100", "ADDITIONAL: 101");
    assertThat(dig("+bufsize=4096", "+ignore", "orders.service", "A"))
        .contains("flags: qr aa tc rd;", "udp: 1232");
  }

  @Test
  void digSeesTheOptions() throws IOException {
    assertThat(dig("+nsid", "six.service", "A")).contains("NSID: 61 (\"a\")");
    assertThat(dig("+dnssec", "six.service", "A")).contains("flags: do;");
    assertThat(dig("+edns=1", "+noednsnegotiation", "six.service", "A")).contains("BADVERS");
    assertThat(dig("+cookie", "+subnet=10.0.0.0/8", "+short", "six.service", "AAAA"))
        .isEqualTo("fd00::1\n");
    assertThat(dig("+tcp", "+keepopen", "six.service", "AAAA", "i-1.orders.service", "A"))
        .contains("fd00::1", "10.1.0.1");
    assertThat(dig("SiX.sErViCe", "AAAA")).contains("SiX.sErViCe.hera.internal.");
  }
}
