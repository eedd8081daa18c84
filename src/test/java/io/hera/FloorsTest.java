package io.hera;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The house of four floors: imports point down only, and time, chance and exit live at the top. */
class FloorsTest {
  private static final JavaClasses HERA = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("io.hera");

  private static final String ROOT = "io.hera";
  private static final String REGISTRY = "io.hera.registry..";
  private static final String WIRE = "io.hera.wire..";
  private static final String STORE = "io.hera.store..";
  private static final String HTTP = "io.hera.http..";
  private static final String GOSSIP = "io.hera.gossip..";
  private static final String BUS = "io.hera.bus..";

  /** Members that read a clock or draw lots, by owner; java.time's {@code now()} is added below. */
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

  @Test
  void theRegistryKnowsNothingButJava() {
    check(classes()
        .that()
        .resideInAPackage(REGISTRY)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", REGISTRY));
  }

  @Test
  void theWireKnowsBytesJacksonCoreAndTheRegistry() {
    check(classes()
        .that()
        .resideInAPackage(WIRE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.jspecify..", "com.fasterxml.jackson.core..", REGISTRY, WIRE));
  }

  @Test
  void theStoreKnowsNoFloorAboveIt() {
    check(noClasses()
        .that()
        .resideInAPackage(STORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HTTP, GOSSIP, BUS, ROOT));
  }

  @Test
  void httpKnowsNeitherGossipNorTheBusNorTheTopFloor() {
    check(noClasses()
        .that()
        .resideInAPackage(HTTP)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(GOSSIP, BUS, ROOT));
  }

  @Test
  void gossipKnowsNeitherHttpNorTheBusNorTheTopFloor() {
    check(noClasses()
        .that()
        .resideInAPackage(GOSSIP)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HTTP, BUS, ROOT));
  }

  @Test
  void theBusKnowsNeitherOfThemNorTheTopFloor() {
    check(noClasses()
        .that()
        .resideInAPackage(BUS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HTTP, GOSSIP, ROOT));
  }

  @Test
  void theDoctorKnowsNodesFromOutsideOnly() {
    check(noClasses()
        .that()
        .resideInAPackage("io.hera.doctor..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HTTP, GOSSIP, STORE, ROOT));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("io.hera.(*)..").should().beFreeOfCycles());
  }

  @Test
  void onlyMainExits() {
    check(noClasses()
        .that()
        .haveNameNotMatching(only("Main"))
        .should()
        .accessTargetWhere(DescribedPredicate.describe(
            "target is System.exit or Runtime.exit or halt",
            access -> Set.of("java.lang.System", "java.lang.Runtime").contains(owner(access))
                && Set.of("exit", "halt").contains(access.getTarget().getName()))));
  }

  @Test
  void timeAndChanceComeFromTheTopFloor() {
    check(noClasses()
        .that()
        .haveNameNotMatching(only("Node|Main|MainVerticle"))
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

  /** A package that is still empty breaks no rule. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(HERA);
  }

  /** A pattern for top-level classes of the root package, and for what is nested in them. */
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
