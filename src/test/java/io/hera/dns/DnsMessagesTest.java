package io.hera.dns;

import static io.hera.dns.DnsNode.answers;
import static io.hera.dns.DnsNode.rcode;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.access.AccessRules;
import io.hera.access.Grants;
import io.hera.access.Identity;
import io.hera.access.Permission;
import io.hera.access.ServicePattern;
import io.hera.testkit.Eventually;
import io.hera.testkit.ServedNode;
import io.hera.wire.Network;
import io.hera.wire.Networks;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Headers, options, and messages that a server does not understand. */
@Execution(ExecutionMode.CONCURRENT)
class DnsMessagesTest {
  @AutoClose
  private DnsNode dns = DnsNode.ready();

  private void register(String target) {
    dns.node.register(target, "{\"host\":\"10.0.0.1\",\"port\":80}");
    String service = target.split("/", -1)[1];
    Eventually.passes(
        () -> assertThat(answers(dns.ask(service + ".service", Type.A))).isNotEmpty());
  }

  private static byte[] query() {
    return DnsNode.question("s.service", Type.A).toWire();
  }

  /** A query with this name and these counts of questions and additional records. */
  private static byte[] raw(byte[] name, int questions, byte[]... additional) {
    DNSOutput out = new DNSOutput();
    out.writeU16(7);
    out.writeU16(0x0100);
    out.writeU16(questions);
    out.writeU16(0);
    out.writeU16(0);
    out.writeU16(additional.length);
    out.writeByteArray(name);
    out.writeU16(Type.A);
    out.writeU16(DClass.IN);
    for (byte[] record : additional) {
      out.writeByteArray(record);
    }
    return out.toByteArray();
  }

  private static byte[] name() {
    return Domain.of("s.service.hera.internal").toWire();
  }

  private static byte[] options(int version, EDNSOption... some) {
    return new OPTRecord(4_096, 0, version, 0, List.of(some)).toWire(Section.ADDITIONAL);
  }

  @Test
  void anAnswerHasAuthorityAndCopiesTheFlagsOfTheClient() {
    register("/s/1");
    Message question = DnsNode.question("s.service", Type.A);
    question.getHeader().setFlag(Flags.CD);
    question.getHeader().setFlag(Flags.AD);
    Message answer = dns.ask(question);
    assertThat(answer.getHeader().getID()).isEqualTo(question.getHeader().getID());
    assertThat(answer.getHeader().printFlags()).isEqualTo("qr aa rd cd ");
    question.getHeader().unsetFlag(Flags.RD);
    question.getHeader().unsetFlag(Flags.CD);
    assertThat(dns.ask(question).getHeader().printFlags()).isEqualTo("qr aa ");
  }

  @Test
  void anAnswerToAnAnswerIsNeverSent() {
    byte[] answer = query();
    answer[2] |= (byte) 0x80;
    dns.isSilentTo(answer);
    dns.isSilentTo(new byte[11]);
    dns.isSilentTo(new byte[0]);
    assertThat(dns.report().dropped().get("no-query")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aMessageThatIsNotUnderstoodIsAnsweredByAHeader() {
    byte[] cut = raw(name(), 1, options(0));
    for (byte[] bad : List.of(
        raw(name(), 0),
        raw(name(), 2),
        raw(new byte[] {(byte) 0xc0, 12}, 1),
        raw(new byte[] {1, 'a', (byte) 0xc0, 4}, 1),
        raw(new byte[] {64, 'a', 0}, 1),
        raw(new byte[] {(byte) 0x81, 'a', 0}, 1),
        raw(longName(), 1),
        raw(name(), 1, options(0), options(0)),
        Arrays.copyOf(cut, cut.length - 3),
        Arrays.copyOf(query(), query().length - 1),
        Arrays.copyOf(query(), 12))) {
      byte[] answer = dns.udp(bad).orElseThrow();
      assertThat(answer).hasSize(12);
      assertThat(rcode(DnsNode.parsed(answer))).isEqualTo("FORMERR");
      assertThat(Arrays.copyOf(answer, 2)).isEqualTo(Arrays.copyOf(bad, 2));
    }
  }

  /** 256 bytes. */
  private static byte[] longName() {
    byte[] name = new byte[256];
    for (int at = 0; at < 255; at += 64) {
      name[at] = (byte) Math.min(63, 255 - at - 1);
    }
    return name;
  }

  @Test
  void aCutMessageIsNoQueryEvenIfItSaysThatItIsCut() {
    byte[] cut = raw(name(), 1, options(0));
    byte[] message = Arrays.copyOf(cut, cut.length - 3);
    message[2] |= 0x02;
    assertThat(dns.udp(message).orElseThrow()).hasSize(12);
  }

  @Test
  void otherOperationsAreNotImplemented() {
    for (int opcode = 1; opcode < 16; opcode++) {
      byte[] message = query();
      message[2] = (byte) (opcode << 3);
      byte[] answer = dns.udp(message).orElseThrow();
      assertThat(answer).hasSize(12);
      assertThat((answer[2] >> 3) & 0xf).isEqualTo(opcode);
      assertThat(rcode(DnsNode.parsed(answer))).isEqualTo("NOTIMP");
    }
  }

  @Test
  void otherClassesAreRefused() throws Exception {
    Name name = Name.fromString("version.bind.");
    assertThat(rcode(dns.ask(Message.newQuery(Record.newRecord(name, Type.TXT, DClass.CH)))))
        .isEqualTo("REFUSED");
  }

  @Test
  void anAnswerHasOptionsIfTheQueryHasSome() {
    register("/s/1");
    Message question = DnsNode.question("s.service", Type.A);
    assertThat(dns.ask(question).getOPT()).isNull();
    question.addRecord(
        new OPTRecord(
            4_096, 0, 0, 0x8000, List.of(new GenericEDNSOption(EDNSOption.Code.NSID, new byte[0]))),
        Section.ADDITIONAL);
    OPTRecord options = dns.ask(question).getOPT();
    assertThat(options.getPayloadSize()).isEqualTo(1_232);
    assertThat(options.getVersion()).isZero();
    assertThat(options.getFlags()).isEqualTo(0x8000);
    assertThat(options.getOptions()).hasSize(1);
  }

  @Test
  void unknownOptionsAreIgnored() {
    register("/s/1");
    byte[] query = raw(name(), 1, options(0, new GenericEDNSOption(65_001, new byte[9])));
    Message answer = DnsNode.parsed(dns.udp(query).orElseThrow());
    assertThat(answers(answer)).containsExactly("A 10.0.0.1");
    assertThat(answer.getOPT().getOptions()).isEmpty();
  }

  @Test
  void anotherVersionOfTheOptionsIsNotSpoken() {
    register("/s/1");
    Message answer = DnsNode.parsed(dns.udp(raw(name(), 1, options(1))).orElseThrow());
    assertThat(rcode(answer)).isEqualTo("BADVERS");
    assertThat(answer.getOPT().getVersion()).isZero();
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 512", "511, 512", "512, 512", "900, 900", "1232, 1232", "65535, 1232"})
  void theSizeThatAClientTakesIsBetween512AndTheSetting(int says, int most) {
    for (int i = 0; i < 80; i++) {
      dns.node.register("/big/" + i, "{\"host\":\"10.0.1." + i + "\",\"port\":80}");
    }
    Eventually.passes(
        () -> assertThat(answers(dns.askTcp("big.service", Type.A))).hasSize(80));
    Message question = DnsNode.question("big.service", Type.A);
    question.addRecord(new OPTRecord(says, 0, 0), Section.ADDITIONAL);
    byte[] answer = dns.udp(question.toWire()).orElseThrow();
    assertThat(answer.length).isBetween(most - 16, most);
    assertThat(DnsNode.parsed(answer).getHeader().getFlag(Flags.TC)).isTrue();
  }

  @Test
  void aLargeQueryIsCutByTheSocketAndDoesNoHarm() {
    byte[] large = Arrays.copyOf(query(), 3_000);
    dns.udp(large);
    assertThat(dns.report().failures()).isZero();
    assertThat(rcode(dns.ask("s.service", Type.A))).isEqualTo("NXDOMAIN");
  }

  @Test
  void strangersAreNotAnsweredByUdpAndRefusedByTcp() {
    dns.close();
    dns = DnsNode.allowing(Networks.of(List.of(Network.parse("10.0.0.0/8").orElseThrow())));
    dns.isSilentTo(query());
    assertThat(dns.report().dropped()).containsEntry("sender", 1L);
    assertThat(rcode(dns.askTcp("s.service", Type.A))).isEqualTo("REFUSED");
    dns.verticle.configure(DnsNode.terms(1, Networks.ANY));
    assertThat(rcode(dns.ask("s.service", Type.A))).isEqualTo("NXDOMAIN");
  }

  @Test
  void theTimeToLiveMayChange() {
    register("/s/1");
    dns.verticle.configure(DnsNode.terms(77, Networks.PRIVATE));
    assertThat(dns.ask("s.service", Type.A).getSection(Section.ANSWER).get(0).getTTL())
        .isEqualTo(77);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s.service", "nosuch.service", "hera.internal."})
  void aNodeThatIsNotReadySaysThatItFails(String name) {
    dns.close();
    dns = DnsNode.of(ServedNode.recovering());
    assertThat(rcode(dns.ask(name, Type.A))).isEqualTo("SERVFAIL");
    assertThat(rcode(dns.ask("example.com.", Type.A))).isEqualTo("REFUSED");
    dns.node.recover();
    Eventually.passes(
        () -> assertThat(rcode(dns.ask("nosuch.service", Type.A))).isEqualTo("NXDOMAIN"));
  }

  private static AccessRules strangersRead(String prefix) {
    Identity anonymous = new Identity(
        Identity.ANONYMOUS,
        List.of("read " + prefix + "*"),
        Grants.of(
            List.of(new Permission.Read(new ServicePattern(prefix, ServicePattern.Match.PREFIX)))));
    return new AccessRules(List.of(new AccessRules.Entry(anonymous, List.of(), List.of())), prefix);
  }

  @Test
  void theServicesThatStrangersMayReadAreInDnsAndNoOthersExist() {
    register("/public-a/1");
    register("/secret.b/1");
    dns.node.access.set(strangersRead("public-"));
    assertThat(answers(dns.ask("public-a.service", Type.A))).containsExactly("A 10.0.0.1");
    assertThat(rcode(dns.ask("secret.b.service", Type.A))).isEqualTo("NXDOMAIN");
    Eventually.passes(() -> assertThat(rcode(dns.ask("b.service", Type.A))).isEqualTo("NXDOMAIN"));
    assertThat(rcode(dns.ask("x.secret.b.service", Type.A))).isEqualTo("NXDOMAIN");
    dns.node.access.set(strangersRead("secret."));
    Eventually.passes(
        () -> assertThat(answers(dns.ask("secret.b.service", Type.A))).isNotEmpty());
    assertThat(rcode(dns.ask("public-a.service", Type.A))).isEqualTo("NXDOMAIN");
  }

  @Test
  void aQuestionForAnUnknownNameAsksTheStoreNothing() {
    register("/s/1");
    Message question = DnsNode.question("random-17.service", Type.A);
    for (int i = 0; i < 50; i++) {
      assertThat(rcode(dns.ask(question))).isEqualTo("NXDOMAIN");
    }
    assertThat(dns.report().names()).isEqualTo(1);
  }
}
