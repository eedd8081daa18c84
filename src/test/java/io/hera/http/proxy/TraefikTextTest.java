package io.hera.http.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.http.Query;
import io.hera.store.InstanceDocument;
import io.hera.store.LeftOut;
import io.hera.store.ServiceDocuments;
import io.hera.wire.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations for Traefik, read by a decoder that is as strict as its own. */
class TraefikTextTest {
  private static final String RULE = "rule=Host(`{service}.example.com`)";

  private final LeftOut leftOut = new LeftOut();

  private static ServiceDocuments service(String name, String... documents) {
    List<InstanceDocument> instances = new ArrayList<>();
    for (String document : documents) {
      byte[] bytes = document.replace('\'', '"').getBytes(UTF_8);
      instances.add(new InstanceDocument("i" + instances.size(), bytes, 0, Optional.empty()));
    }
    return new ServiceDocuments(name, 1, instances);
  }

  private String text(String query, ServiceDocuments... services) throws ProblemException {
    TraefikTerms terms = TraefikTerms.of(new Query(query));
    String text = new String(new TraefikText(terms).of(Arrays.asList(services), leftOut), UTF_8);
    TraefikDecoder.decode(text);
    return text;
  }

  private Map<String, Long> left() {
    return leftOut.counts().getOrDefault("traefik", Map.of());
  }

  @Test
  void servicesHaveServersAndRoutersForTheRule() throws ProblemException {
    String text = text(
        RULE + "&entryPoints=web,websecure",
        service(
            "orders",
            "{'host':'10.1.1.1','port':8080}",
            "{'address':'[2001:db8::1]:8080','weight':2,'scheme':'HTTPS'}",
            "{'host':'h','port':'80','weight':0,'scheme':'h2c'}"));
    assertThat(text).isEqualTo("""
        {"http":{"routers":{"orders":{"rule":"Host(`orders.example.com`)","service":"orders",\
        "entryPoints":["web","websecure"]}},\
        "services":{"orders":{"loadBalancer":{"servers":[{"url":"http://10.1.1.1:8080"},\
        {"url":"https://[2001:db8::1]:8080","weight":2},{"url":"h2c://h:80","weight":0}]}}}}}""");
  }

  @Test
  void nothingIsEmpty() throws ProblemException {
    assertThat(text("")).isEqualTo("{}");
    assertThat(
            text(RULE, service("a", "{}"), service("b", "{'host':'h','port':1,'status':'down'}")))
        .isEqualTo("{}");
    assertThat(text("", service("a", "{'host':'h','port':1}")))
        .isEqualTo(
            "{\"http\":{\"services\":{\"a\":{\"loadBalancer\":{\"servers\":[{\"url\":\"http://h:1\"}]}}}}}");
  }

  @Test
  void anInstanceWithoutAnAddressIsLeftOutAndCounted() throws ProblemException {
    text("", service("a", "{}", "{'host':'h'}", "{'host':'h','port':1,'scheme':'tcp'}"));
    assertThat(left()).isEqualTo(Map.of("no-address", 1L, "no-port", 1L, "bad-value", 1L));
  }

  @Test
  void ofServicesWithOneKeyTheFirstIsThereAndTheOthersAreCounted() throws ProblemException {
    String one = "{'host':'h','port':1}";
    String two = "{'host':'i','port':1}";
    TraefikDecoder.Decoded read =
        TraefikDecoder.decode(text(RULE, service("a b", one), service("a@b", two), service("a/b")));
    assertThat(read.servers()).isEqualTo(Map.of("a-b", Map.of("http://h:1", 1)));
    assertThat(read.rules()).isEmpty();
    assertThat(left()).isEqualTo(Map.of("ambiguous", 1L));
    assertThat(
            text("", service("a b", "{'host':'h','port':1,'status':'down'}"), service("a@b", two)))
        .as("a service keeps its key while it has no servers")
        .isEqualTo("{}");
  }

  @Test
  void aServiceWhoseNameIsAKeyHasItBeforeAllOthers() throws ProblemException {
    String own = "{'host':'h','port':1}";
    String other = "{'host':'i','port':1}";
    assertThat(TraefikDecoder.decode(text(RULE, service("a b", other), service("a-b", own)))
            .servers())
        .isEqualTo(Map.of("a-b", Map.of("http://h:1", 1)));
    assertThat(left()).isEqualTo(Map.of("ambiguous", 1L));
    assertThat(text("", service("a b", other), service("a-b"))).contains("http://i:1");
    assertThat(text("", service("a b", other), service("a-b", "{}"))).isEqualTo("{}");
  }

  /** A backtick would end the name in the rule. */
  @ParameterizedTest
  @ValueSource(strings = {"a b", "a`)||Host(`b", "ä", "a_b", "a\"b"})
  void aServiceWithAnotherNameThanAHostHasNoRouter(String name) throws ProblemException {
    String document = "{'host':'h','port':1}";
    assertThat(TraefikDecoder.decode(text(RULE, service(name, document))).rules())
        .isEmpty();
    assertThat(TraefikDecoder.decode(text("rule=Path(`/`)", service(name, document)))
            .rules())
        .containsValue("Path(`/`)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'scheme':null", "'scheme':''", "'scheme':'HTTP'", "'traefik':null"})
  void aMemberThatIsNullOrEmptyIsNotThere(String member) throws ProblemException {
    assertThat(text("documents=yes", service("a", "{'host':'h','port':1," + member + "}")))
        .contains("\"url\":\"http://h:1\"")
        .doesNotContain("routers");
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"entryPoints", "middlewares", "priority", "tls", "other"})
  void aMemberOfARouterThatIsNullIsNotThere(String member) throws ProblemException {
    String router = "{'rule':'x','" + member + "':null}";
    assertThat(
            text("documents=yes", service("a", "{'host':'h','port':1,'traefik':" + router + "}")))
        .contains("\"routers\":{\"a\":{\"rule\":\"x\",\"service\":\"a\"}}");
  }

  private static final String MEMBER =
      "{'host':'h','port':1,'traefik':{'rule':'Host(`x`)','entryPoints':['a'],'middlewares':['m@file'],"
          + "'priority':5,'tls':true}}";

  @Test
  void documentsGiveRoutersOnlyIfTheOperatorWantsThat() throws ProblemException {
    assertThat(text("", service("a", MEMBER))).doesNotContain("routers");
    assertThat(text(RULE, service("a", MEMBER))).contains("a.example.com").doesNotContain("`x`");
    assertThat(text(RULE + "&documents=yes", service("a", "{'host':'h','port':1}", MEMBER)))
        .contains(
            "\"routers\":{\"a\":{\"rule\":\"Host(`x`)\",\"service\":\"a\",\"entryPoints\":[\"a\"],"
                + "\"middlewares\":[\"m@file\"],\"priority\":5,\"tls\":{}}}");
    assertThat(text(RULE + "&documents=yes", service("a", "{'host':'h','port':1}")))
        .contains("a.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "[]",
        "{}",
        "{'rule':''}",
        "{'rule':1}",
        "{'rule':'a\\n'}",
        "{'rule':'ä'}",
        "{'rule':'x','entryPoints':'a'}",
        "{'rule':'x','entryPoints':[1]}",
        "{'rule':'x','entryPoints':['']}",
        "{'rule':'x','entryPoints':['a,b']}",
        "{'rule':'x','middlewares':[['a']]}",
        "{'rule':'x','middlewares':{}}",
        "{'rule':'x','priority':'high'}",
        "{'rule':'x','priority':-1}",
        "{'rule':'x','priority':1.5}",
        "{'rule':'x','priority':99999999999}"
      })
  void aRouterThatTraefikMayNotReadIsLeftOutAndCounted(String router) throws ProblemException {
    String bad = "{'host':'h','port':1,'traefik':" + router + "}";
    assertThat(text("documents=yes", service("a", bad, MEMBER)))
        .contains("Host(`x`)", "http://h:1\"},{\"url\":\"http://h:1");
    assertThat(left()).isEqualTo(Map.of("bad-value", 1L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rule=",
        "rule=a%0A",
        "rule=%C3%A4",
        "rule=a&rule=b",
        "entryPoints=",
        "entryPoints=a,",
        "entryPoints=a%20b",
        "entryPoints=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17",
        "documents",
        "documents=true"
      })
  void aBadQueryIsRefused(String query) {
    assertThatThrownBy(() -> TraefikTerms.of(new Query(query)))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void noDocumentAndNoNameMakesTraefikRefuseTheWhole() throws ProblemException {
    Random random = new Random(11);
    List<String> values = List.of(
        "1",
        "true",
        "null",
        "''",
        "'a'",
        "'10.1.1.1'",
        "'::1'",
        "{}",
        "[]",
        "['a']",
        "[{}]",
        "'http'",
        "'\\u0000'",
        "'\\u0085\\ufeff'",
        "80",
        "'80'",
        "0",
        "1e9",
        "'`'",
        "{'rule':'Host(`a`)'}",
        "{'rule':'a','tls':true}",
        "{'rule':'a','entryPoints':[],'middlewares':[]}",
        "{'rule':'a','x':{},'priority':0}",
        "{'rule':'\\ud800'}");
    List<String> names = List.of(
        "host", "port", "address", "status", "weight", "scheme", "traefik", "zone", "tags",
        "ports");
    String alphabet = "aB1.-_@ `\"'{}[]:#&*!|>%ä\u0085\ufeff€";
    int servers = 0;
    for (int round = 0; round < 3_000; round++) {
      Set<String> services = new TreeSet<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        StringBuilder name = new StringBuilder();
        random
            .ints(1 + random.nextInt(4), 0, alphabet.length())
            .forEach(c -> name.append(alphabet.charAt(c)));
        services.add(name.toString());
      }
      List<ServiceDocuments> all = new ArrayList<>();
      for (String name : services) {
        String[] documents = new String[1 + random.nextInt(3)];
        for (int i = 0; i < documents.length; i++) {
          List<String> members = new ArrayList<>(List.of("'host':'10.0.0.1'", "'port':80"));
          for (String member : names) {
            if (random.nextInt(5) == 0) {
              members.removeIf(one -> one.startsWith("'" + member + "'"));
              members.add("'" + member + "':" + values.get(random.nextInt(values.size())));
            }
          }
          documents[i] = "{" + String.join(",", members) + "}";
        }
        all.add(service(name, documents));
      }
      String query = List.of("", RULE, RULE + "&documents=yes", "documents=yes&entryPoints=web")
          .get(random.nextInt(4));
      String text = text(query, all.toArray(ServiceDocuments[]::new));
      servers += TraefikDecoder.decode(text).servers().size();
    }
    assertThat(servers).isGreaterThan(1_000);
  }
}
