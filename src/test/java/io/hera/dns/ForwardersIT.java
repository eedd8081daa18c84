package io.hera.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hera.testkit.Eventually;
import io.hera.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Resolvers that forward the domain, with the recipes of {@code conf/dns.md}; only ports are others. */
@Timeout(60)
class ForwardersIT {
  private static final String UNBOUND = """
      server:
        interface: 127.0.0.1@PORT
        do-daemonize: no
        use-syslog: no
        username: ""
        chroot: ""
        pidfile: FOLDER/pid
        directory: FOLDER
      """;
  private static final String DNSMASQ = """
      port=PORT
      listen-address=127.0.0.1
      bind-interfaces
      no-resolv
      no-hosts
      pid-file=
      stop-dns-rebind
      """;

  @AutoClose
  private final DnsNode dns = DnsNode.ready();

  private final int port = Ports.free();
  private Optional<Process> process = Optional.empty();

  @TempDir
  private Path folder;

  @AfterEach
  void stop() {
    process.ifPresent(running -> {
      running.destroy();
      running.onExit().join();
    });
  }

  /** Starts a program; its last option is completed by the name of the file. */
  private void start(String program, String own, String... options) throws IOException {
    Optional<Path> found = Stream.concat(
            Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
        .map(place -> Path.of(place, program))
        .filter(file -> file.toFile().canExecute())
        .findFirst();
    assumeTrue(found.isPresent(), program + " is missing: scripts/test --install installs it");
    Matcher text = Pattern.compile(
            "\\*\\*" + program + "\\*\\*[^`]*```text\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("conf/dns.md")));
    assertThat(text.find()).isTrue();
    Path file = folder.resolve("conf");
    Files.writeString(
        file,
        own.replace("PORT", "" + port).replace("FOLDER", folder.toString())
            + text.group(1).replace("8600", "" + dns.port));
    List<String> command = new ArrayList<>(List.of(found.get().toString()));
    command.addAll(List.of(options));
    command.add(command.remove(command.size() - 1) + file);
    process = Optional.of(new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .start());
  }

  private Message ask(String name, int type) throws IOException {
    SimpleResolver resolver = new SimpleResolver("127.0.0.1");
    resolver.setPort(port);
    Record question = Record.newRecord(Name.fromString(name + ".hera.internal."), type, DClass.IN);
    return resolver.send(Message.newQuery(question));
  }

  private void forwards() {
    dns.node.register("/orders/1", "{\"host\":\"10.1.1.1\",\"port\":80}");
    Eventually.passes(() ->
        assertThat(DnsNode.answers(ask("orders.service", Type.A))).containsExactly("A 10.1.1.1"));
    Eventually.passes(() -> {
      Message services = ask("_orders._tcp.service", Type.SRV);
      assertThat(DnsNode.answers(services))
          .containsExactly("SRV 1 256 80 i-1.orders.service.hera.internal.");
      Message none = ask("orders.service", Type.AAAA);
      assertThat(DnsNode.rcode(none)).isEqualTo("NOERROR");
      assertThat(none.getSection(Section.ANSWER)).isEmpty();
      assertThat(DnsNode.rcode(ask("later.service", Type.A))).isEqualTo("NXDOMAIN");
    });
    dns.node.register("/later/1", "{\"host\":\"10.1.1.2\",\"port\":80}");
    Eventually.passes(() ->
        assertThat(DnsNode.answers(ask("later.service", Type.A))).containsExactly("A 10.1.1.2"));
    dns.node.send("DELETE", "/orders/1", "").isDone();
    Eventually.passes(
        () -> assertThat(DnsNode.rcode(ask("orders.service", Type.A))).isEqualTo("NXDOMAIN"));
  }

  @Test
  void unboundForwardsTheDomain() throws IOException {
    start("unbound", UNBOUND, "-d", "-c");
    forwards();
  }

  @Test
  void dnsmasqForwardsTheDomain() throws IOException {
    start("dnsmasq", DNSMASQ, "-k", "--conf-file=");
    forwards();
  }
}
