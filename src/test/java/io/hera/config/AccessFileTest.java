package io.hera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hera.access.AccessRules;
import io.hera.access.CertificateName;
import io.hera.access.Permission.Ability;
import io.hera.config.source.Fault;
import io.hera.testkit.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access files, good and faulty. */
class AccessFileTest {
  private static final ClientCertificates NO_CA =
      new ClientCertificates(ClientCertificates.Authority.MISSING, Set.of());
  private static final ClientCertificates CA = new ClientCertificates(
      ClientCertificates.Authority.OWN,
      Set.of(CertificateNameText.ofHost("b.Example"), CertificateNameText.ofHost("10.0.0.2")));

  private static final String TOKEN = Tokens.make();
  private static final String HASH = Tokens.hash(TOKEN);
  private static final String OTHER = Tokens.hash(Tokens.make());

  private static AccessRules read(String text) {
    return read(text, NO_CA);
  }

  private static AccessRules read(String text, ClientCertificates clients) {
    return AccessFile.read("a.yml", text.getBytes(StandardCharsets.UTF_8), clients);
  }

  private static List<String> faults(String text) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(text));
    assertThat(refused).as(text).isNotNull();
    return refused.faults().stream().map(Fault::toString).toList();
  }

  private static String one(String can) {
    return "a:\n  can: [" + can + "]\n  tokens: [" + HASH + "]\n";
  }

  @Test
  void aFileOfTheDocumentationIsRead() {
    AccessRules rules = read("""
        # agents
        billing:
          can: [write billing, read *]   # the verb first
          tokens: [%s, %s]
        anonymous:
          can: [read public-*, metrics]
        """.formatted(HASH, OTHER));

    assertThat(rules.entries().keySet()).containsExactly("anonymous", "billing");
    AccessRules.Entry billing = rules.entries().get("billing");
    assertThat(billing.identity().can()).containsExactly("write billing", "read *");
    assertThat(billing.tokens()).hasSize(2);
    assertThat(billing.identity().grants().writes().test("billing")).isTrue();
    assertThat(billing.identity().grants().writes().test("billing2")).isFalse();
    assertThat(billing.identity().grants().reads().isAll()).isTrue();
    assertThat(rules.entries().get("anonymous").identity().grants().has(Ability.METRICS))
        .isTrue();
    assertThat(rules.checksum()).matches("[0-9a-f]{16}");
  }

  @Test
  void theExampleOfTheRepositoryIsRead() throws IOException {
    Path file = Path.of("conf/access.yml");
    AccessRules rules = AccessFile.read(file.toString(), Files.readAllBytes(file), NO_CA);
    assertThat(rules.entries().keySet())
        .containsExactly("anonymous", "billing", "ops", "peer", "prometheus");
  }

  @Test
  void aPatternIsDecodedOnce() {
    var reads = read(one("read caf%C3%A9, read %2A, read a%2A*, read x%252F"))
        .entries()
        .get("a")
        .identity()
        .grants()
        .reads();
    assertThat(List.of("café", "*", "a*", "a*b", "x%2F")).allMatch(reads);
    assertThat(List.of("a", "ab", "b", "x/")).noneMatch(reads);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      rad x           | rad x is not a permission: read SERVICE, write SERVICE, metrics, operate or peer
      read            | read is not a permission: read SERVICE, write SERVICE, metrics, operate or peer
      read a b        | read a b is not a permission: read SERVICE, write SERVICE, metrics, operate or peer
      delete x        | delete x is not a permission: read SERVICE, write SERVICE, metrics, operate or peer
      Read x          | Read x is not a permission: read SERVICE, write SERVICE, metrics, operate or peer
      read a*b        | read a*b has a * that is not at its end; %2A is the character in a name
      read **         | read ** has a * that is not at its end; %2A is the character in a name
      read _x         | read _x does not name a service: the service begins with '_', which is reserved
      read _*         | read _* does not name a service: the service begins with '_', which is reserved
      read a%2Fb      | read a%2Fb does not name a service: the service contains '/'
      read a%zz       | read a%zz does not name a service: '%' is not followed by two hexadecimal digits
      read ..         | read .. does not name a service: the service is '..', which is not a name
      read caf\u00e9  | read caf\u00e9 does not name a service: a character is not percent-encoded
      """)
  void aFaultyPermissionIsRefused(String can, String fault) {
    assertThat(faults(one(can))).containsExactly("a.yml:2: a.can: " + fault);
  }

  @Test
  void allFaultsAreReportedWithTheirLines() {
    String text = """
        _x:
          can: [metrics]
          tokens: [%1$s]
        twice:
          can: [peer]
          tokens: [%1$s]
        twice:
          can: [peer]
          tokens: [%2$s]
        none:
          tokens: [%2$s]
        nothing:
          can: [peer]
        anonymous:
          can: [write x]
          tokens: [%2$s]
        keys:
          cann: [peer]
          tokens: x
          can: metrics
        leaked:
          can: [metrics]
          tokens: [%3$s]
        short:
          can: [metrics]
          tokens: [sha256:00]
        certified:
          can: [metrics]
          tokens: [%4$s]
          certificates: [dns:a]
        scalar: metrics
        anchor: &x {can: [peer]}
        """.formatted(HASH, OTHER, TOKEN, Tokens.hash(Tokens.make()));
    String hash8 = HASH.substring(7, 15);
    String other8 = OTHER.substring(7, 15);

    assertThat(faults(text))
        .containsExactly(
            "a.yml:1: _x is not the name of an identity: 1 to 64 of A-Z a-z 0-9 . _ -, not"
                + " beginning with _",
            "a.yml:6: twice.tokens: token " + hash8 + " is also in _x.tokens",
            "a.yml:7: twice: is set twice, first in line 4",
            "a.yml:10: none.can: is missing: say what the identity can do",
            "a.yml:11: none.tokens: token " + other8 + " is also in twice.tokens",
            "a.yml:12: nothing.tokens: is missing: nothing proves this identity",
            "a.yml:14: anonymous.tokens: is not for requests without a proof",
            "a.yml:14: anonymous.can: can only have read and metrics",
            "a.yml:16: anonymous.tokens: token " + other8 + " is also in twice.tokens",
            "a.yml:17: keys.tokens: is missing: nothing proves this identity",
            "a.yml:18: keys.cann: unknown key, did you mean can?",
            "a.yml:19: keys.tokens: is not a list: write [...]",
            "a.yml:20: keys.can: is not a list: write [...]",
            "a.yml:23: leaked.tokens: a token stands for its hash: put its hash under tokens, and"
                + " treat it as leaked",
            "a.yml:26: short.tokens: has an item that is not sha256: and 64 hexadecimal digits in"
                + " lower case, as hera token prints it",
            "a.yml:30: certified.certificates: dns:a needs a CA of this node, ca.crt, and it has none",
            "a.yml:31: scalar: is not a mapping with can and tokens",
            "a.yml:32: anchor: anchors and aliases are not supported, write the value out");
  }

  @Test
  void namesOfCertificatesHaveOneSpelling() {
    String text = """
        shop:
          can: [metrics]
          certificates: [dns:Shop.Example., "ip:[FD00:0::1]", ip:10.0.0.1, "uri:spiffe://a/B"]
        """;
    assertThat(read(text, CA).entries().get("shop").certificates())
        .extracting(CertificateName::toString)
        .containsExactly(
            "dns:shop.example", "ip:fd00:0:0:0:0:0:0:1", "ip:10.0.0.1", "uri:spiffe://a/B");
  }

  @Test
  void everyFaultOfANameOfACertificateIsReported() {
    String text = """
        shop:
          can: [metrics]
          certificates: [dns:shop, shop, "dns:", "dns:*.a", dns:10.0.0.1, ip:a, cn:a, dns:B.example, ip:10.0.0.2]
        twice:
          can: [metrics]
          certificates: [dns:SHOP]
        many:
          can: [metrics]
          certificates: [dns:a, dns:b, dns:c, dns:d, dns:e, dns:f, dns:g, dns:h, dns:i, dns:j, dns:k]
        none:
          can: [metrics]
          certificates: []
        """;
    String unknown = " is not a name in a certificate: dns:NAME, ip:ADDRESS or uri:URI";
    assertThat(catchThrowableOfType(ConfigException.class, () -> read(text, CA)).faults())
        .extracting(Fault::toString)
        .containsExactly(
            "a.yml:3: shop.certificates: shop" + unknown,
            "a.yml:3: shop.certificates: dns:" + unknown,
            "a.yml:3: shop.certificates: dns:*.a has a *: a name has to be the whole one in the certificate",
            "a.yml:3: shop.certificates: dns:10.0.0.1 is an IP address: write ip:",
            "a.yml:3: shop.certificates: ip:a is not an IP address",
            "a.yml:3: shop.certificates: cn:a" + unknown,
            "a.yml:3: shop.certificates: dns:B.example is a host of cluster: only a node has its certificate",
            "a.yml:3: shop.certificates: ip:10.0.0.2 is a host of cluster: only a node has its certificate",
            "a.yml:6: twice.certificates: dns:SHOP is also in shop.certificates",
            "a.yml:9: many.certificates: has more than 10 items",
            "a.yml:10: none.tokens: is missing: nothing proves this identity");
  }

  @Test
  void aTokenIsNotRepeatedWhereverItStands() {
    for (String text : List.of(
        one("read " + TOKEN + "*x"),
        one("metrics").replace(HASH, TOKEN),
        one("metrics").replaceFirst("a:", TOKEN + ":"),
        one("metrics") + "  " + TOKEN + ": 1\n",
        one("metrics") + TOKEN + ": &a 1\n",
        TOKEN,
        one("metrics") + TOKEN + "\n")) {
      assertThat(String.join("\n", faults(text))).doesNotContain(TOKEN.substring(5));
    }
  }

  @Test
  void sizesAreBounded() {
    String many =
        IntStream.range(0, 101).mapToObj(i -> "read s" + i).collect(Collectors.joining(", "));
    assertThat(faults(one(many))).containsExactly("a.yml:2: a.can: has more than 100 items");
    assertThat(faults("a: {can: [peer], tokens: [%s, %s, %s]}"
            .formatted(HASH, OTHER, Tokens.hash(Tokens.make()))))
        .containsExactly("a.yml:1: a.tokens: has more than 2 items");
    String identities = IntStream.range(0, 10_001)
        .mapToObj(i -> "i" + i + ": {can: [peer]}")
        .collect(Collectors.joining("\n"));
    assertThat(faults(identities)).containsExactly("a.yml:1: has more than 10000 identities");
    assertThat(faults(one("peer") + "#".repeat(1 << 20)))
        .containsExactly("a.yml: is larger than 1 MiB");
  }

  @Test
  void aFileThatIsEmptyOrCutIsRefused() {
    assertThat(faults("")).containsExactly("a.yml: is empty");
    assertThat(faults("# nothing\n")).containsExactly("a.yml: is empty");
    assertThat(faults("\uFEFF" + one("peer")))
        .containsExactly("a.yml:1: begins with a byte order mark");
    String whole = one("read a, read b");
    for (int cut = 1; cut < whole.length() - 2; cut++) {
      assertThat(faults(whole.substring(0, cut))).isNotEmpty();
    }
  }
}
