package io.hera.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.dns.Asked.Part;
import io.hera.dns.ReplyWriter.Place;
import io.hera.store.InstanceDocument;
import io.hera.wire.Networks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers made of random services and limits, against a model; and mutated queries. */
class DnsRandomTest {
  private static final Name DOMAIN = Domain.of("hera.internal");
  private static final Place PLACE = new Place("a", DOMAIN.length(), 65_507, new ApexRecords(1));
  private static final Terms TERMS = new Terms(1, 1, Networks.ANY, Map.of());

  /** An instance as the model has it. */
  private record One(String id, String host, Optional<Integer> port, int weight) {
    InstanceDocument document() {
      JsonObject json = new JsonObject().put("host", host).put("weight", weight);
      port.ifPresent(number -> json.put("port", number));
      json.put("tags", new JsonArray().add("all"));
      return new InstanceDocument(id, json.toBuffer().getBytes(), 0, Optional.empty());
    }

    String target() {
      return Target.label(id) + ".s.service.hera.internal.";
    }
  }

  private static List<One> instances(Random random) {
    List<One> all = new ArrayList<>();
    int count = 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
    for (int i = 0; i < count; i++) {
      String host = random.nextInt(4) == 0
          ? "fd00:0:0:0:0:0:0:" + Integer.toHexString(1 + random.nextInt(9))
          : "10.0." + random.nextInt(3) + "." + random.nextInt(256);
      String id = (random.nextBoolean() ? "web-" : "W ") + i + "x".repeat(random.nextInt(20));
      Optional<Integer> port =
          random.nextInt(9) == 0 ? Optional.empty() : Optional.of(1 + random.nextInt(65_535));
      all.add(new One(id, host, port, random.nextInt(256)));
    }
    return all;
  }

  private static Query query(int type, Optional<Integer> edns) {
    Message question = DnsNode.question("s.service", type);
    edns.ifPresent(size -> question.addRecord(new OPTRecord(size, 0, 0), Section.ADDITIONAL));
    return ((Received.Question) QueryReader.read(question.toWire())).query();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void anAnswerFitsAndParsesAndIsAPartOfTheModel(int seed) throws Exception {
    Random random = new Random(seed);
    for (int round = 0; round < 150; round++) {
      List<One> all = instances(random);
      Sheet sheet =
          new Sheet(Domain.service("s", DOMAIN), all.stream().map(One::document).toList());
      int type = List.of(Type.A, Type.AAAA, Type.SRV, Type.TXT).get(random.nextInt(4));
      int limit = random.nextBoolean() ? 65_535 : 512 + random.nextInt(2_000);
      Query query = query(type, random.nextBoolean() ? Optional.of(limit) : Optional.empty());
      Part part = random.nextBoolean() ? new Part.All() : new Part.Labelled("all");
      Group group = sheet.group(part, Optional.empty()).orElseThrow();

      Written written = ReplyWriter.write(
          query, Reply.of(group.records(type, random)), PLACE, TERMS, limit, random);

      assertThat(written.bytes().length).isLessThanOrEqualTo(limit);
      check(DnsNode.parsed(written.bytes()), all, type);
    }
  }

  private static void check(Message message, List<One> all, int type) {
    Set<String> model = model(all, type);
    List<Record> records = message.getSection(Section.ANSWER);
    Set<String> found = new HashSet<>();
    records.forEach(record -> {
      assertThat(record.getName()).hasToString("s.service.hera.internal.");
      found.add(text(record));
    });
    assertThat(found).hasSameSizeAs(records);
    if (message.getHeader().getFlag(Flags.TC)) {
      assertThat(model).containsAll(found).hasSizeGreaterThan(found.size());
      assertThat(message.getSection(Section.ADDITIONAL).stream()
              .filter(record -> record.getType() != Type.OPT))
          .isEmpty();
    } else if (type != Type.TXT) {
      assertThat(found).isEqualTo(model);
    }
    Set<Name> targets = new TreeSet<>();
    records.stream()
        .filter(SRVRecord.class::isInstance)
        .forEach(record -> targets.add(((SRVRecord) record).getTarget()));
    message.getSection(Section.ADDITIONAL).stream()
        .filter(record -> record.getType() != Type.OPT)
        .forEach(record -> assertThat(targets).contains(record.getName()));
  }

  private static String text(Record record) {
    return record.getType() == Type.TXT
        ? record.rdataToString().split(" \"weight", 2)[0]
        : record.rdataToString();
  }

  private static Set<String> model(List<One> all, int type) {
    Set<String> model = new HashSet<>();
    for (One one : all) {
      boolean isV6 = one.host().indexOf(':') >= 0;
      if (type == Type.TXT) {
        model.add("\"id=" + one.id() + "\"");
      } else if (type == Type.SRV) {
        one.port()
            .ifPresent(
                port -> model.add("1 " + 256 * one.weight() + " " + port + " " + one.target()));
      } else if (isV6 == (type == Type.AAAA)) {
        model.add(one.host());
      }
    }
    return model;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aMutatedQueryIsReadOrRefusedAndNeverAmplified(int seed) {
    Random random = new Random(seed);
    Message question = DnsNode.question("s.service", Type.SRV);
    question.addRecord(new OPTRecord(4_096, 0, 0), Section.ADDITIONAL);
    byte[] good = question.toWire();
    for (int round = 0; round < 20_000; round++) {
      byte[] bad = mutated(good, random);
      Received received = QueryReader.read(bad);
      if (received instanceof Received.Faulty faulty) {
        assertThat(ReplyWriter.header(faulty)).hasSize(12);
      } else if (received instanceof Received.Question read) {
        assertThat(read.query().questionEnd()).isLessThanOrEqualTo(bad.length);
        Written answer = ReplyWriter.write(read.query(), Reply.error(5), PLACE, TERMS, 512, random);
        assertThat(answer.bytes().length).isLessThanOrEqualTo(512);
        byte[] echo = Arrays.copyOfRange(answer.bytes(), 12, read.query().questionEnd());
        assertThat(echo).isEqualTo(Arrays.copyOfRange(bad, 12, read.query().questionEnd()));
      }
    }
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] bad = good.clone();
    for (int i = random.nextInt(5); i >= 0; i--) {
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
    }
    if (random.nextBoolean()) {
      bad[2] &= 0x03; // mostly a query
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bad, random.nextInt(2 * bad.length)) : bad;
  }
}
