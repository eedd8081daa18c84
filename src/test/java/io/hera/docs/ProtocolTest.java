package io.hera.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.registry.Digest;
import io.hera.wire.Decoded;
import io.hera.wire.V1Codec;
import io.hera.wire.V1Request;
import io.hera.wire.V2Codec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The protocol's page states every rule that the sources cite, and what it names exists. */
class ProtocolTest {
  private static final Markdown PROTOCOL = Markdown.of(Markdown.SITE.resolve("protocol.md"));

  /** A rule or an invariant; file names write P05 for P5. */
  private static final Pattern ID = Pattern.compile("\\b([PSL])0?(\\d{1,2}a?)\\b");

  /** Percentiles, which look like ids of rules. */
  private static final Set<String> PERCENTILES = Set.of("P50", "P90", "P95", "P99");

  private static final Pattern LIST =
      Pattern.compile("^- (\\w+): (.*(?:\n  .*)*)", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  /** A section that states one rule, or one kind of exchange. */
  private record Rule(String id, String body, Map<String, Set<String>> lists) {
    static Rule of(Markdown.Section section) {
      Map<String, Set<String>> lists = new TreeMap<>();
      Matcher matcher = LIST.matcher(section.body());
      while (matcher.find()) {
        lists.put(matcher.group(1), names(matcher.group(2)));
      }
      Matcher id = ID.matcher(section.title());
      String name = id.lookingAt() ? id.group() : section.title();
      return new Rule(name, section.body(), lists);
    }

    Set<String> list(String name) {
      return lists.getOrDefault(name, Set.of());
    }

    @Override
    public String toString() {
      return id;
    }
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  private static List<Rule> rules() {
    return PROTOCOL.sections().stream()
        .filter(section -> section.level() == 3)
        .map(Rule::of)
        .toList();
  }

  private static Set<String> ids() {
    return rules().stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyRuleThatTheSourcesCiteIsStated() {
    Set<String> stated = ids();
    Map<String, Set<String>> unstated = new TreeMap<>();
    for (SourceFile source : SourceFile.all()) {
      Set<String> cited = cited(source);
      cited.removeAll(stated);
      cited.removeAll(PERCENTILES);
      if (!cited.isEmpty()) {
        unstated.put(source.path().toString(), cited);
      }
    }
    assertThat(unstated).isEmpty();
    assertThat(stated).contains("P1", "P13", "S1", "S8", "L1", "L4");
  }

  private static Set<String> cited(SourceFile source) {
    return ID.matcher(source.words())
        .results()
        .map(found -> found.group(1) + found.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyRuleSaysWhyAndWhereItHoldsAndWhatProvesIt() {
    assertThat(rules())
        .filteredOn(rule -> rule.id().startsWith("P") && isId(rule))
        .allSatisfy(rule -> {
          assertThat(rule.body()).as(rule.id()).contains("*Why:*");
          assertThat(rule.lists()).as(rule.id()).containsOnlyKeys("Where", "Tests", "Mutants");
        });
    assertThat(rules())
        .allSatisfy(rule -> assertThat(rule.list("Tests")).as(rule.id()).isNotEmpty());
  }

  private static boolean isId(Rule rule) {
    return ID.matcher(rule.id()).matches();
  }

  @Test
  void everyClassThatARuleNamesExists() {
    Set<String> main = SourceFile.classes("src/main/java");
    Set<String> others = SourceFile.classes("src");
    others.removeAll(main);
    assertThat(rules()).allSatisfy(rule -> {
      assertThat(main).as("classes of %s", rule.id()).containsAll(rule.list("Where"));
      assertThat(others).as("tests of %s", rule.id()).containsAll(rule.list("Tests"));
    });
  }

  @Test
  void everyMutantIsNamedByTheRuleThatItSwitchesOff() {
    Map<String, Set<String>> stated = rules().stream()
        .filter(rule -> !rule.list("Mutants").isEmpty())
        .collect(Collectors.toMap(Rule::id, rule -> rule.list("Mutants")));
    assertThat(mutants()).isEqualTo(stated);
  }

  /** Returns rule → the mutants that switch it off. */
  private static Map<String, Set<String>> mutants() {
    Pattern rule = Pattern.compile("^rule: (.+)$", Pattern.MULTILINE);
    return SourceFile.all().stream()
        .filter(source -> source.path().getParent().endsWith("mutants") && source.isText())
        .collect(Collectors.groupingBy(
            source -> rule.matcher(source.text())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining()),
            Collectors.mapping(SourceFile::name, Collectors.toSet())));
  }

  @Test
  void theExamplesOfAnswersAreReadByTheCodecs() throws Malformed {
    Digest digest = new Digest(Map.of("sr-lon-1", 0L, "sr-ash-1", 0L));
    V1Request asked = new V1Request(digest, 1_355_833_258_675L, 300_000);
    assertThat(V1Codec.decode(example("json v1"), asked, 10))
        .extracting(Decoded::quarantined)
        .isEqualTo(0);
    assertThat(V1Codec.decode(example("json v1"), asked, 10).answer().origins()).hasSize(2);
    assertThat(V2Codec.decode(example("json v2"), 10)).satisfies(decoded -> {
      assertThat(decoded.quarantined()).isZero();
      assertThat(decoded.answer().handshake().name()).isEqualTo("sr-lon-1");
      assertThat(decoded.answer().delta().origins()).hasSize(1);
      assertThat(decoded.answer().checksums()).containsOnlyKeys("sr-ash-1");
    });
  }

  private static byte[] example(String kind) {
    List<String> texts = PROTOCOL.blocks().stream()
        .filter(block -> block.kind().equals(kind))
        .map(Markdown.Block::text)
        .toList();
    assertThat(texts).hasSize(1);
    return texts.get(0).getBytes(UTF_8);
  }
}
