package io.hera.dns;

import static io.hera.dns.DnsNode.additional;
import static io.hera.dns.DnsNode.answers;
import static io.hera.dns.DnsNode.rcode;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Names, records and codes, asked of one node by UDP. Each test has services of its own. */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class DnsAnswersTest {
  private final DnsNode dns = DnsNode.ready();

  @AfterAll
  void close() {
    dns.close();
  }

  /** Registers instances, and waits until DNS has the last one. */
  private void register(String service, String... idsAndDocuments) {
    for (int i = 0; i < idsAndDocuments.length; i += 2) {
      dns.node.register(
          "/" + service + "/" + idsAndDocuments[i], idsAndDocuments[i + 1].replace('\'', '"'));
    }
    String name = service.replace("%20", "\\032");
    awaitTexts(name, idsAndDocuments.length / 2);
  }

  private void awaitTexts(String name, int instances) {
    Eventually.passes(() -> {
      Message message = dns.ask(name + ".service", Type.TXT);
      assertThat(message.getSection(Section.ANSWER).size() > 0
              || instances == 0
              || message.getHeader().getFlag(Flags.TC))
          .isTrue();
    });
  }

  private List<String> ask(String name, int type) {
    Message message = dns.ask(name, type);
    assertThat(rcode(message)).isEqualTo("NOERROR");
    return answers(message);
  }

  private String code(String name, int type) {
    Message message = dns.ask(name, type);
    if (message.getSection(Section.ANSWER).isEmpty() && message.getRcode() % 3 == 0) {
      Record soa = message.getSection(Section.AUTHORITY).get(0);
      assertThat(soa).isInstanceOf(SOARecord.class);
      assertThat(soa.getTTL()).isEqualTo(1);
      return message.getRcode() == 0 ? "NODATA" : rcode(message);
    }
    return rcode(message);
  }

  @Test
  void theQuestionIsEchoedByteForByteWhateverItsCase() {
    register("case1", "1", "{'host':'10.0.0.1','port':80}");
    byte[] query = DnsNode.question("CaSe1.SERVICE.hera.INTERNAL.", Type.A).toWire();
    byte[] answer = dns.udp(query).orElseThrow();
    assertThat(Arrays.copyOfRange(answer, 12, query.length))
        .isEqualTo(Arrays.copyOfRange(query, 12, query.length));
    assertThat(answers(DnsNode.parsed(answer))).containsExactly("A 10.0.0.1");
  }

  @Test
  void aNameWithoutARecordOfTheTypeExists() {
    register("v4only", "1", "{'host':'10.0.0.1','port':80}");
    assertThat(code("v4only.service", Type.AAAA)).isEqualTo("NODATA");
    assertThat(code("v4only.service", Type.MX)).isEqualTo("NODATA");
    assertThat(code("i-1.v4only.service", Type.SRV)).isEqualTo("NODATA");
    assertThat(code("_v4only._tcp.service", Type.A)).isEqualTo("NODATA");
  }

  @ParameterizedTest
  @CsvSource({
    "service, NODATA",
    "zone, NODATA",
    "ams.zone, NODATA",
    "service.ams.zone, NODATA",
    "node, NODATA",
    "c.node, NODATA",
    "_tcp.service, NODATA",
    "_udp.service, NODATA",
    "_tcp.empties.service, NODATA",
    "acme.empties.service, NODATA",
    "empties.service, NOERROR",
    "acme.empties._tcp.service, NODATA",
    "hera.internal., NODATA",
    "nosuch, NXDOMAIN",
    "nosuch.service, NXDOMAIN",
    "nosuch.empties.service, NXDOMAIN",
    "a.b.c.empties.service, NXDOMAIN",
    "_http._tcp.nosuch.service, NXDOMAIN",
    "_nosuch._tcp.service, NXDOMAIN",
    "i-9.empties.service, NXDOMAIN",
    "nosuch.node, NXDOMAIN",
    "x.ns, NXDOMAIN",
    "empties.service.ams.zone, NODATA",
    "com.acme.empties.service.ams.zone, NXDOMAIN",
    "example.com., REFUSED",
    "internal., REFUSED",
    "xhera.internal., REFUSED",
    "., REFUSED",
  })
  void aNameThatOthersEndInExistsAndForeignNamesAreRefused(String name, String expected) {
    register("empties", "1", "{'host':'10.0.0.1','port':80}");
    register("com.acme.empties", "1", "{'host':'10.0.0.2','port':80}");
    assertThat(code(name, Type.A)).isEqualTo(expected);
  }

  @Test
  void theLongestServiceThatANameEndsInCounts() {
    register("com.acme.long", "1", "{'host':'10.0.0.1','port':80,'tags':['v1']}");
    assertThat(code("acme.long.service", Type.A)).isEqualTo("NODATA");
    assertThat(ask("com.acme.long.service", Type.A)).containsExactly("A 10.0.0.1");
    assertThat(ask("v1.com.acme.long.service", Type.A)).containsExactly("A 10.0.0.1");
    assertThat(ask("_com.acme.long._tcp.service", Type.SRV))
        .containsExactly("SRV 1 256 80 i-1.com.acme.long.service.hera.internal.");

    register("b5", "1", "{'host':'10.0.0.5','port':80,'tags':['a']}");
    assertThat(ask("a.b5.service", Type.A)).containsExactly("A 10.0.0.5");
    register("a.b5", "1", "{'host':'10.0.0.6','port':80}");
    Eventually.passes(() -> assertThat(ask("a.b5.service", Type.A)).containsExactly("A 10.0.0.6"));
  }

  @Test
  void ofServicesThatDifferInCaseOnlyTheOneInLowerCaseAnswers() {
    register("Cases", "1", "{'host':'10.0.0.1','port':80}");
    assertThat(ask("cases.service", Type.A)).containsExactly("A 10.0.0.1");
    register("CASES", "1", "{'host':'10.0.0.2','port':80}");
    Eventually.passes(() -> assertThat(ask("cases.service", Type.A)).containsExactly("A 10.0.0.2"));
    register("cases", "1", "{'host':'10.0.0.3','port':80}");
    Eventually.passes(() -> assertThat(ask("CASES.service", Type.A)).containsExactly("A 10.0.0.3"));
    assertThat(dns.leftOut.counts().get("dns")).containsEntry("ambiguous", 2L);
  }

  @Test
  void ofManyInstancesAPartComesByUdpAnotherOneNextTimeAndAllByTcp() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add("" + i);
      all.add("{'host':'10.0." + i / 250 + "." + i % 250 + "','port':80}");
    }
    register("many", all.toArray(String[]::new));
    Eventually.passes(
        () -> assertThat(dns.askTcp("many.service", Type.SRV).getSection(Section.ANSWER))
            .hasSize(300));
    Set<Set<String>> parts = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      Message part = dns.ask("many.service", Type.SRV);
      assertThat(part.getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(part.getSection(Section.ANSWER)).hasSizeBetween(5, 20);
      assertThat(part.getSection(Section.ADDITIONAL)).isEmpty();
      parts.add(Set.copyOf(answers(part)));
    }
    assertThat(parts).hasSizeGreaterThan(1);
    Message whole = dns.askTcp("many.service", Type.SRV);
    assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(whole.getSection(Section.ADDITIONAL)).hasSize(300);
  }

  @Test
  void addressesOfTargetsComeAsFarAsTheyFitWithoutTheBitTc() {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      some.add("" + i);
      some.add("{'host':'10.0.0." + i + "','port':80}");
    }
    register("glue", some.toArray(String[]::new));
    Eventually.passes(
        () -> assertThat(answers(dns.ask("glue.service", Type.SRV))).hasSize(8));
    Message message = dns.ask("glue.service", Type.SRV);
    assertThat(message.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(message.getSection(Section.ADDITIONAL)).hasSizeBetween(1, 7);
  }

  @Test
  void twoInstancesOnOneAddressHaveOneARecordAndTwoTargets() {
    register("twins", "1", "{'host':'10.0.0.1','port':1}", "2", "{'host':'10.0.0.1','port':2}");
    Eventually.passes(() -> assertThat(ask("_twins._tcp.service", Type.SRV))
        .containsExactly(
            "SRV 1 256 1 i-1.twins.service.hera.internal.",
            "SRV 1 256 2 i-2.twins.service.hera.internal."));
    assertThat(ask("twins.service", Type.A)).containsExactly("A 10.0.0.1");
    assertThat(additional(dns.ask("_twins._tcp.service", Type.SRV)))
        .containsExactly(
            "i-1.twins.service.hera.internal. A 10.0.0.1",
            "i-2.twins.service.hera.internal. A 10.0.0.1");
    assertThat(ask("i-2.twins.service", Type.A)).containsExactly("A 10.0.0.1");
  }

  @Test
  void aHostThatIsANameIsATargetAndAnAliasIfNoInstanceHasAnAddress() {
    register("named", "1", "{'host':'db.example.com','port':80}");
    Message message = dns.ask("named.service", Type.SRV);
    assertThat(answers(message)).containsExactly("SRV 1 256 80 db.example.com.");
    assertThat(additional(message)).isEmpty();
    assertThat(ask("named.service", Type.A)).containsExactly("CNAME db.example.com.");
    assertThat(ask("named.service", Type.AAAA)).containsExactly("CNAME db.example.com.");
    register("named", "2", "{'host':'10.0.0.2','port':80}");
    Eventually.passes(() -> assertThat(ask("named.service", Type.A)).containsExactly("A 10.0.0.2"));
    assertThat(code("named.service", Type.AAAA)).isEqualTo("NODATA");
  }

  @Test
  void onlyAddressesThatAreWrittenStrictlyCount() {
    register(
        "strict",
        "1",
        "{'host':'10.1','port':80}",
        "2",
        "{'host':'010.0.0.1','port':80}",
        "3",
        "{'host':'fe80::1%eth0','port':80}",
        "4",
        "{'host':'::1','port':80}");
    Eventually.passes(
        () -> assertThat(ask("strict.service", Type.AAAA)).containsExactly("AAAA 0:0:0:0:0:0:0:1"));
    assertThat(code("strict.service", Type.A)).isEqualTo("NODATA");
    assertThat(dns.leftOut.counts().get("dns").get("no-address")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void anInstanceWithoutAPortHasAnAddressButNoServiceRecord() {
    register(
        "ports",
        "0",
        "{'host':'10.0.0.9'}",
        "1",
        "{'host':'10.0.0.1','port':'80'}",
        "2",
        "{'host':'10.0.0.2','port':80.0}",
        "3",
        "{'host':'10.0.0.3','port':0}",
        "4",
        "{'host':'10.0.0.4','port':70000}");
    Eventually.passes(() -> assertThat(ask("ports.service", Type.A)).hasSize(5));
    assertThat(ask("ports.service", Type.SRV))
        .containsExactly("SRV 1 256 80 i-1.ports.service.hera.internal.");
  }

  @Test
  void aWeightIsMultipliedBy256() {
    register(
        "weights",
        "0",
        "{'host':'10.0.0.1','port':80,'weight':0}",
        "1",
        "{'host':'10.0.0.2','port':80,'weight':3}",
        "2",
        "{'host':'10.0.0.3','port':80,'weight':999}");
    Eventually.passes(() -> assertThat(ask("weights.service", Type.SRV))
        .containsExactly(
            "SRV 1 0 80 i-0.weights.service.hera.internal.",
            "SRV 1 65280 80 i-2.weights.service.hera.internal.",
            "SRV 1 768 80 i-1.weights.service.hera.internal."));
  }

  @Test
  void instancesWithAHidingStatusAreNotShown() {
    register(
        "status",
        "1",
        "{'host':'10.0.0.1','port':80,'status':'ok'}",
        "2",
        "{'host':'10.0.0.2','port':80,'status':'DRAIN'}");
    Eventually.passes(
        () -> assertThat(ask("status.service", Type.A)).containsExactly("A 10.0.0.1"));
    assertThat(code("i-2.status.service", Type.A)).isEqualTo("NXDOMAIN");
  }

  @Test
  void anIdThatIsNoLabelGivesAHash() {
    String longId = "x".repeat(200);
    register(
        "ids",
        "Web%201",
        "{'host':'10.0.0.1','port':80}",
        "%C3%A4",
        "{'host':'10.0.0.2','port':80}",
        longId,
        "{'host':'10.0.0.3','port':80}",
        "web-1",
        "{'host':'10.0.0.4','port':80}");
    Eventually.passes(() -> assertThat(ask("ids.service", Type.SRV)).hasSize(4));
    assertThat(ask("i-web-1.ids.service", Type.A)).containsExactly("A 10.0.0.4");
    for (Record record : dns.ask("ids.service", Type.SRV).getSection(Section.ANSWER)) {
      String target = ((SRVRecord) record).getTarget().toString();
      assertThat(target).matches("(i-web-1|h-[0-9a-f]{32})\\.ids\\.service\\.hera\\.internal\\.");
      assertThat(ask(target, Type.A)).hasSize(1);
    }
    register("i-x", "1", "{'host':'10.0.0.7','port':80}");
    assertThat(ask("i-x.service", Type.A)).containsExactly("A 10.0.0.7");
  }

  @Test
  void anInstanceGoesBeforeATagOfItsName() {
    register(
        "labels",
        "1",
        "{'host':'10.0.0.1','port':80}",
        "2",
        "{'host':'10.0.0.2','port':80,'tags':['i-1','V2']}");
    Eventually.passes(
        () -> assertThat(ask("i-1.labels.service", Type.A)).containsExactly("A 10.0.0.1"));
    Eventually.passes(
        () -> assertThat(ask("v2.labels.service", Type.A)).containsExactly("A 10.0.0.2"));
    assertThat(ask("_labels._v2.service", Type.SRV))
        .containsExactly("SRV 1 256 80 i-2.labels.service.hera.internal.");
    assertThat(code("_labels._v3.service", Type.SRV)).isEqualTo("NXDOMAIN");
  }

  @Test
  void namedPortsAndZonesSelect() {
    register(
        "sel",
        "1",
        "{'host':'10.0.0.1','port':80,'zone':'ams','tags':'v1'}",
        "2",
        "{'host':'10.0.0.2','ports':{'http':8080,'Admin':9},'zone':'EU.west'}");
    Eventually.passes(() -> assertThat(ask("_http._tcp.sel.service", Type.SRV))
        .containsExactly(
            "SRV 1 256 80 i-1.sel.service.hera.internal.",
            "SRV 1 256 8080 i-2.sel.service.hera.internal."));
    assertThat(ask("_admin._tcp.sel.service.eu.west.zone", Type.SRV))
        .containsExactly("SRV 1 256 9 i-2.sel.service.hera.internal.");
    assertThat(code("_nosuch._tcp.sel.service.eu.west.zone", Type.SRV)).isEqualTo("NXDOMAIN");
    assertThat(ask("sel.service.ams.zone", Type.A)).containsExactly("A 10.0.0.1");
    assertThat(ask("v1.sel.service.AMS.zone", Type.A)).containsExactly("A 10.0.0.1");
    assertThat(ask("_sel._udp.service.ams.zone", Type.SRV)).hasSize(1);
    assertThat(code("v1.sel.service.eu.west.zone", Type.A)).isEqualTo("NXDOMAIN");
    assertThat(ask("i-2.sel.service", Type.A)).containsExactly("A 10.0.0.2");
    assertThat(code("_sel._tcp.service.eu.west.zone", Type.SRV)).isEqualTo("NODATA");
  }

  @Test
  void aServiceMayHaveAnyBytesInItsLabels() {
    register("my_app%20@1", "1", "{'host':'10.0.0.1','port':80}");
    assertThat(ask("my_app\\032\\@1.service", Type.A)).containsExactly("A 10.0.0.1");
    dns.node.register("/" + "y".repeat(64) + "/1", "{\"host\":\"10.0.0.1\"}");
    Eventually.passes(() -> assertThat(dns.leftOut.counts().get("dns")).containsKey("bad-name"));
  }

  @Test
  void textRecordsHaveTheIdAndTheShortScalars() {
    register(
        "texts",
        "1",
        "{'host':'h','port':80,'address':'10.0.0.1','version':'1 \\\\\\'x','n':7,'o':{},'z':null,'long':'"
            + "x".repeat(300) + "'}");
    assertThat(ask("texts.service", Type.TXT))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("TXT \"id=1\" \"version=1 ")
        .endsWith("\"n=7\"");
  }

  @Test
  void theDomainHasItsOwnRecords() {
    assertThat(ask("hera.internal.", Type.SOA))
        .containsExactly(
            "SOA ns.hera.internal. hostmaster.hera.internal. 1700000000 3600 600 86400 1");
    assertThat(ask("hera.internal.", Type.NS)).containsExactly("NS ns.hera.internal.");
    assertThat(ask("ns", Type.A)).containsExactly("A 10.9.9.1");
    assertThat(ask("ns", Type.AAAA)).containsExactly("AAAA fd00:0:0:0:0:0:0:b");
    assertThat(ask("a.node", Type.A)).containsExactly("A 10.9.9.1");
    assertThat(ask("B.C.node", Type.AAAA)).containsExactly("AAAA fd00:0:0:0:0:0:0:b");
    assertThat(code("a.node", Type.AAAA)).isEqualTo("NODATA");
  }

  @Test
  void aQuestionForAnyTypeGetsOneShortRecord() {
    register("any", "1", "{'host':'10.0.0.1','port':80}");
    assertThat(ask("any.service", Type.ANY)).containsExactly("HINFO \"RFC8482\" \"\"");
    assertThat(code("noany.service", Type.ANY)).isEqualTo("NXDOMAIN");
    assertThat(rcode(dns.ask("any.service", Type.AXFR))).isEqualTo("REFUSED");
    assertThat(rcode(dns.ask("any.service", Type.IXFR))).isEqualTo("REFUSED");
  }

  @Test
  void aServiceWhoseLastInstanceHasGoneDoesNotExist() {
    register("gone", "1", "{'host':'10.0.0.1','port':80}");
    register("gone", "2", "{'host':'10.0.0.2','port':80}");
    Eventually.passes(() -> assertThat(ask("gone.service", Type.A)).hasSize(2));
    dns.node.send("DELETE", "/gone/1", "");
    Eventually.passes(() -> assertThat(ask("gone.service", Type.A)).containsExactly("A 10.0.0.2"));
    dns.node.send("DELETE", "/gone/2", "");
    Eventually.passes(() -> assertThat(code("gone.service", Type.A)).isEqualTo("NXDOMAIN"));
  }

  @Test
  void anInstanceThatADrainHidesIsNotInDns() {
    register("drained", "1", "{'host':'10.0.0.1','port':80}");
    assertThat(dns.node.put("/_drain/drained/1?force", "").status()).isBetween(200, 204);
    Eventually.passes(() -> assertThat(code("drained.service", Type.A)).isEqualTo("NXDOMAIN"));
    dns.node.send("DELETE", "/_drain/drained/1", "");
    Eventually.passes(
        () -> assertThat(ask("drained.service", Type.A)).containsExactly("A 10.0.0.1"));
  }

  @Test
  void answersAreCounted() {
    dns.ask("counted.service", Type.A);
    assertThat(dns.report().queries().get("udp A NXDOMAIN")).isPositive();
    dns.ask(DnsNode.question("counted.service", Type.TLSA));
    assertThat(dns.report().queries().get("udp other NXDOMAIN")).isPositive();
  }
}
