package io.hera.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Queries, which are hostile input. */
class QueryReaderTest {
  private static byte[] query(int options) {
    Message question = DnsNode.question("s.service", Type.A);
    for (int i = 0; i < options; i++) {
      question.addRecord(new OPTRecord(4_096, 0, 0), Section.ADDITIONAL);
    }
    return question.toWire();
  }

  private static Received changed(byte[] query, int at, int to) {
    byte[] changed = query.clone();
    changed[at] = (byte) to;
    return QueryReader.read(changed);
  }

  @Test
  void anAnswerIsIgnored() {
    assertThat(changed(query(0), 2, 0x81)).isEqualTo(new Received.Ignored());
    assertThat(QueryReader.read(new byte[11])).isEqualTo(new Received.Ignored());
  }

  @Test
  void aQueryWithOptionsTwiceIsFaulty() {
    assertThat(QueryReader.read(query(1))).isInstanceOf(Received.Question.class);
    assertThat(QueryReader.read(query(2))).isInstanceOf(Received.Faulty.class);
  }

  @Test
  void aQueryWithOneQuestionOnlyIsUnderstood() {
    assertThat(changed(query(0), 5, 0)).isInstanceOf(Received.Faulty.class);
    assertThat(changed(query(0), 5, 2)).isInstanceOf(Received.Faulty.class);
  }

  @Test
  void aPointerInTheQuestionIsFaulty() {
    byte[] query = query(0);
    query[12] = (byte) 0xc0;
    query[13] = 4;
    assertThat(QueryReader.read(query)).isInstanceOf(Received.Faulty.class);
  }

  @Test
  void aQueryThatIsCutAnywhereIsFaulty() {
    byte[] query = query(1);
    for (int length = 12; length < query.length; length++) {
      byte[] cut = Arrays.copyOf(query, length);
      assertThat(QueryReader.read(cut)).as("%d", length).isInstanceOf(Received.Faulty.class);
      assertThat(changed(cut, 2, 0x03)).as("%d", length).isInstanceOf(Received.Faulty.class);
    }
  }
}
