package io.hera.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.access.AccessRules;
import io.hera.testkit.ServedNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** The codes by which a resolver learns that there is no name, and those by which it does not. */
@Execution(ExecutionMode.CONCURRENT)
class DnsRulesTest {
  private static String code(DnsNode dns, String name) {
    Message answer = dns.ask(name, Type.A);
    return DnsNode.rcode(answer);
  }

  @Test
  void aNodeThatIsNotReadyDeniesNothing() {
    try (DnsNode dns = DnsNode.of(ServedNode.recovering())) {
      assertThat(code(dns, "s.service")).isEqualTo("SERVFAIL");
    }
  }

  /** Changes are published a moment after they are made. */
  @Test
  void aNodeThatHasJustBecomeReadyDeniesNothingThatItHolds() {
    for (int round = 0; round < 3; round++) {
      ServedNode node = ServedNode.recovering();
      try (DnsNode dns = DnsNode.of(node)) {
        node.endRecovery();
        node.register("/s/1", "{\"host\":\"10.0.0.1\"}");
        node.synchronise();
        String code;
        do {
          code = code(dns, "s.service");
        } while (code.equals("SERVFAIL"));
        assertThat(code).isEqualTo("NOERROR");
      }
    }
  }

  @Test
  void aNameOfAnotherDomainIsRefusedAndNotDenied() {
    try (DnsNode dns = DnsNode.ready()) {
      assertThat(code(dns, "example.com.")).isEqualTo("REFUSED");
      assertThat(code(dns, "s.service")).isEqualTo("NXDOMAIN");
    }
  }

  @Test
  void aServiceThatStrangersMayNotReadDoesNotExistAndNothingEndsInIt() {
    ServedNode node = ServedNode.ready();
    node.register("/com.acme.secret/1", "{\"host\":\"10.0.0.1\"}");
    node.access.set(new AccessRules(List.of(), "none"));
    try (DnsNode dns = DnsNode.of(node)) {
      assertThat(code(dns, "com.acme.secret.service")).isEqualTo("NXDOMAIN");
      assertThat(code(dns, "secret.service")).isEqualTo("NXDOMAIN");
    }
  }
}
