package io.hera;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the layout: the imports between packages, and that only the top reads time and draws lots.
 */
class FloorsTest {
  private static final JavaClasses HERA = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("io.hera");

  /**
   * Package → the packages of Hera that it may import, with those that they may import; top to
   * bottom.
   */
  private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
      entry("io.hera", Set.of("assembly", "cli")),
      entry(
          "io.hera.assembly",
          Set.of(
              "http.api",
              "http.watch",
              "http.history",
              "http.inspect",
              "http.ops",
              "http.proxy",
              "http.ui",
              "http.eureka",
              "gossip",
              "gossip.serve",
              "bus",
              "dns",
              "disk",
              "loop",
              "config")),
      entry("io.hera.http.api", Set.of("http")),
      entry("io.hera.http.watch", Set.of("http")),
      entry("io.hera.http.history", Set.of("http")),
      entry("io.hera.http.inspect", Set.of("http")),
      entry("io.hera.http.ops", Set.of("http")),
      entry("io.hera.http.proxy", Set.of("http")),
      entry("io.hera.http.ui", Set.of("http")),
      entry("io.hera.http.eureka", Set.of("http", "eureka")),
      entry("io.hera.http", Set.of("tls.live", "store", "access")),
      entry("io.hera.gossip.serve", Set.of("http")),
      entry("io.hera.gossip", Set.of("store", "tls.live")),
      entry("io.hera.bus", Set.of("store")),
      entry("io.hera.dns", Set.of("store", "access")),
      entry("io.hera.disk", Set.of("disk.file", "store")),
      entry("io.hera.disk.file", Set.of("wire", "store.history")),
      entry("io.hera.loop", Set.of("store")),
      entry(
          "io.hera.cli",
          Set.of(
              "cli.certificates",
              "cli.doctor",
              "cli.events",
              "cli.instances",
              "cli.keep",
              "cli.bulk",
              "cli.top",
              "cli.watch",
              "cli.completion",
              "config",
              "disk.file")),
      entry("io.hera.cli.instances", Set.of("cli.keep")),
      entry("io.hera.cli.keep", Set.of("cli.reach", "client")),
      entry("io.hera.cli.bulk", Set.of("cli.reach")),
      entry("io.hera.cli.top", Set.of("cli.reach")),
      entry("io.hera.cli.watch", Set.of("cli.reach")),
      entry("io.hera.cli.completion", Set.of("cli.reach")),
      entry("io.hera.cli.reach", Set.of("cli.nodes", "access")),
      entry("io.hera.client.fake", Set.of("client")),
      entry("io.hera.client.vertx", Set.of("client")),
      entry("io.hera.client", Set.of("json")),
      entry("io.hera.cli.certificates", Set.of("config.source", "tls")),
      entry("io.hera.cli.doctor", Set.of("cli.nodes")),
      entry("io.hera.cli.events", Set.of("cli.nodes", "store.history")),
      entry("io.hera.cli.nodes", Set.of("cli.shell", "wire", "tls")),
      entry("io.hera.cli.shell", Set.of()),
      entry("io.hera.config", Set.of("config.source", "access")),
      entry("io.hera.config.source", Set.of("wire", "tls")),
      entry("io.hera.store", Set.of("store.page", "store.history")),
      entry("io.hera.store.history", Set.of("registry", "json")),
      entry("io.hera.store.page", Set.of("wire")),
      entry("io.hera.eureka", Set.of("registry", "json")),
      entry("io.hera.wire", Set.of("registry", "json")),
      entry("io.hera.access", Set.of()),
      entry("io.hera.json", Set.of()),
      entry("io.hera.tls.live", Set.of("tls")),
      entry("io.hera.tls", Set.of()),
      entry("io.hera.registry", Set.of()));

  /** The packages that use only the JDK and Hera. */
  private static final Set<String> PLAIN_JAVA = Set.of(
      "io.hera.registry",
      "io.hera.json",
      "io.hera.access",
      "io.hera.tls",
      "io.hera.wire",
      "io.hera.eureka",
      "io.hera.client",
      "io.hera.client.fake");

  private static final String GOSSIP_WITHOUT_IO =
      "Answer|Command|Gossip|HangingSession|Lane|PeerSchedule|PeerState|PullSession|Recovery"
          + "|RecoveryProgress|SelfCheck|Session|serve\\.ParkedPulls|serve\\.DeltaWriter";

  /**
   * Members that read a clock or draw random numbers, by owner; {@code now()} of java.time is added
   * below.
   */
  private static final Map<String, Set<String>> TIME_AND_CHANCE = Map.of(
      "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
      "java.lang.Math", Set.of("random"),
      "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system", "tickMillis"),
      "java.time.InstantSource", Set.of("system"),
      "java.util.Random", Set.of("<init>"),
      "java.util.SplittableRandom", Set.of("<init>"),
      "java.security.SecureRandom", Set.of("<init>"),
      "java.util.UUID", Set.of("randomUUID"),
      "java.util.concurrent.ThreadLocalRandom", Set.of("current"),
      "java.util.random.RandomGenerator", Set.of("getDefault", "of"));

  static Set<String> packages() {
    return HERA.stream()
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theTableNamesExactlyThePackagesOfMain() {
    assertThat(MAY_IMPORT.keySet()).containsExactlyInAnyOrderElementsOf(packages());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsOnlyWhatTheTableAllows(String importer) {
    Set<String> forbidden = new TreeSet<>(packages());
    forbidden.removeAll(below(importer));
    forbidden.remove(importer);
    check(noClasses()
        .that()
        .resideInAPackage(importer)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.toArray(String[]::new)));
  }

  @Test
  void theLowestPackagesUseOnlyTheJdk() {
    String[] plain = PLAIN_JAVA.toArray(String[]::new);
    check(classes()
        .that()
        .resideInAnyPackage(plain)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(plain)
            .or(resideInAnyPackage(
                "java..", "javax.net.ssl..", "javax.security..", "org.jspecify.."))));
  }

  /** It alone of the library sees Vert.x, and of that the API alone. */
  @Test
  void theResolverForVertxUsesItsCoreOnly() {
    check(classes()
        .that()
        .resideInAPackage("io.hera.client.vertx")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("io.hera.client", "io.hera.client.vertx", "java..", "org.jspecify..")
                .or(resideInAnyPackage(
                    "io.vertx.core",
                    "io.vertx.core.eventbus",
                    "io.vertx.core.http",
                    "io.vertx.core.json",
                    "io.vertx.core.buffer",
                    "io.vertx.core.net",
                    "io.vertx.core.net.endpoint",
                    "io.vertx.core.spi.endpoint"))));
  }

  /** The simulation runs these over a network of its own. */
  @Test
  void gossipWithoutIoKnowsNothingOfVertx() {
    check(noClasses()
        .that()
        .haveNameMatching("io\\.hera\\.gossip\\.(" + GOSSIP_WITHOUT_IO + ")(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.."));
  }

  /** Returns the packages that the table allows, directly or through others. */
  private static Set<String> below(String importer) {
    Set<String> below = new TreeSet<>();
    for (String name : MAY_IMPORT.getOrDefault(importer, Set.of())) {
      below.add("io.hera." + name);
      below.addAll(below("io.hera." + name));
    }
    return below;
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("io.hera.(**)").should().beFreeOfCycles());
  }

  @Test
  void onlyMainExits() {
    check(noClasses()
        .that()
        .haveNameNotMatching(only("Main|NodeProcess"))
        .should()
        .accessTargetWhere(DescribedPredicate.describe(
            "target is System.exit or Runtime.exit or halt",
            access -> Set.of("java.lang.System", "java.lang.Runtime").contains(owner(access))
                && Set.of("exit", "halt").contains(access.getTarget().getName()))));
  }

  /** The library composes itself: {@code HeraClients} is its root, and what Vert.x is given. */
  @Test
  void onlyTheRootPackageReadsClocksAndRandomNumbers() {
    check(noClasses()
        .that()
        .haveNameNotMatching(only("Node|NodeProcess|Main|MainVerticle|client\\.HeraClients"
            + "|client\\.vertx\\.HeraResolver|client\\.vertx\\.HeraBalancer"))
        .should()
        .accessTargetWhere(DescribedPredicate.describe(
            "target is a clock or a source of chance", FloorsTest::isTimeOrChance)));
  }

  @Test
  void noMethodIsSynchronized() {
    check(noMethods()
        .that()
        .areDeclaredInClassesThat(resideInAPackage("io.hera.."))
        .should()
        .haveModifier(SYNCHRONIZED));
  }

  @Test
  void noFileOfMainHasMoreThan300Lines() throws IOException {
    assertThat(filesLongerThan(300)).isEmpty();
    assertThat(filesLongerThan(250)).as("the longest ones").isNotEmpty();
  }

  private static List<String> filesLongerThan(int lines) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<String> longer = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readAllLines(file).size() > lines) {
          longer.add(file.toString());
        }
      }
      return longer;
    }
  }

  /** Checks a rule; a package without classes does not break it. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(HERA);
  }

  /**
   * Returns the pattern of the top-level classes of a package, and of the classes nested in them.
   */
  private static String only(String names) {
    return "io\\.hera\\.(" + names + ")(\\$.*)?";
  }

  private static boolean isTimeOrChance(JavaAccess<?> access) {
    String member = access.getTarget().getName();
    return TIME_AND_CHANCE.getOrDefault(owner(access), Set.of()).contains(member)
        || (access.getTargetOwner().getPackageName().equals("java.time") && member.equals("now"));
  }

  private static String owner(JavaAccess<?> access) {
    return access.getTargetOwner().getName();
  }
}
