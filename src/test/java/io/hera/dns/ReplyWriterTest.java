package io.hera.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.dns.ReplyWriter.Place;
import io.hera.wire.Networks;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers against a limit. */
class ReplyWriterTest {
  private static final Name DOMAIN = Domain.of("hera.internal");
  private static final Terms TERMS = new Terms(1, 7, Networks.ANY, Map.of());
  private final Random random = new Random(1);

  private Message write(String name, Reply reply, int limit, String node, Name domain) {
    Message question = DnsNode.question(name, Type.A);
    question.addRecord(
        new OPTRecord(4_096, 0, 0, 0, List.of(new NSIDOption(new byte[0]))), Section.ADDITIONAL);
    Query query = ((Received.Question) QueryReader.read(question.toWire())).query();
    Place place = new Place(node, domain.length(), 1_232, new ApexRecords(5));
    Written written = ReplyWriter.write(query, reply, place, TERMS, limit, random);
    assertThat(written.bytes().length).isLessThanOrEqualTo(limit);
    return DnsNode.parsed(written.bytes());
  }

  private Message write(String name, Reply reply) {
    return write(name, reply, 512, "a", DOMAIN);
  }

  private static Reply addresses(int count) {
    return Reply.of(IntStream.range(0, count)
        .mapToObj(i -> Rdata.address(DnsNode.ip("10.0." + i / 250 + "." + i % 250)))
        .toList());
  }

  /** 12 bytes of header, 29 of question, 16 of options with the name of the node; 16 for each address. */
  @Test
  void aCutAnswerHasAsManyRecordsAsFit() {
    Message cut = write("s.service", addresses(300));
    assertThat(cut.getSection(Section.ANSWER)).hasSize((512 - 12 - 29 - 16) / 16);
  }

  @Test
  void aCutAnswerHasAnotherPartEachTime() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      seen.addAll(DnsNode.answers(write("s.service", addresses(300))));
    }
    assertThat(seen).hasSizeGreaterThan(290);
  }

  @Test
  void aDenialFitsHoweverLongTheDomainIs() {
    String label = "x".repeat(49) + ".";
    Name domain = Domain.of(label.repeat(4));
    Message denial =
        write("y".repeat(40) + "." + label.repeat(4), Reply.noName(), 512, "n".repeat(255), domain);
    assertThat(denial.getRcode()).isEqualTo(3);
    assertThat(denial.getSection(Section.AUTHORITY).get(0).rdataToString())
        .isEqualTo("ns." + domain + " hostmaster." + domain + " 5 3600 600 86400 7");
    assertThat(denial.getSection(Section.AUTHORITY).get(0).getName()).isEqualTo(domain);
    assertThat(denial.getOPT().getOptions()).isEmpty();
  }

  @Test
  void aDenialMayBeKeptForItsOwnTime() {
    Message denial = write("s.service", Reply.noData());
    assertThat(denial.getSection(Section.AUTHORITY).get(0).getTTL()).isEqualTo(7);
    assertThat(denial.getOPT().getOptions()).hasSize(1);
  }
}
