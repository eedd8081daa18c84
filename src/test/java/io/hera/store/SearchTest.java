package io.hera.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.registry.KeyDocument;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The hits of a search: which of them, and in which order. */
class SearchTest {
  private static KeyDocument instance(String service, String id, String document) {
    return new KeyDocument(new Key(service, id), document.getBytes(UTF_8));
  }

  private static List<String> hits(SearchResult result) {
    return result.hits().stream()
        .map(hit -> {
          if (hit instanceof SearchHit.InId one) {
            return one.service() + "/" + one.id();
          }
          return hit instanceof SearchHit.InDocument one
              ? one.service() + "/" + one.id() + ":" + one.match().text()
              : hit.service();
        })
        .toList();
  }

  @Test
  void servicesComeFirstThenIdsThenDocuments() {
    Search search = new Search("web", 10);
    search.look(List.of(
        instance("b", "1", "{\"x\":\"web\"}"),
        instance("b", "web-2", "{\"x\":\"web\"}"),
        instance("web", "9", "{}"),
        instance("web", "10", "{}")));
    search.look(List.of(instance("a", "1", "{\"x\":\"WEB\"}"), instance("a", "2", "{}")));
    assertThat(hits(search.result())).containsExactly("web", "b/web-2", "a/1:WEB", "b/1:web");
    assertThat(search.result().searched()).isEqualTo(6);
    assertThat(search.result().more()).isFalse();
  }

  @Test
  void anInstanceThatIsPassedTwiceIsOneHit() {
    Search search = new Search("aa", 1);
    search.look(List.of(instance("s", "1", "{\"x\":\"aa\"}")));
    search.look(List.of(instance("s", "1", "{\"x\":\"aab\"}")));
    assertThat(hits(search.result())).containsExactly("s/1:aab");
    assertThat(search.result().more()).isFalse();
  }

  @Test
  void thereAreNoMoreHitsThanTheLimitAndTheResultSaysThatSomeAreLeftOut() {
    Search search = new Search("s", 3);
    search.look(IntStream.range(0, 9)
        .mapToObj(i -> instance("t", "" + i, "{\"x\":\"s\"}"))
        .toList());
    search.look(List.of(instance("service", "1", "{}")));
    assertThat(hits(search.result())).hasSize(3).startsWith("service");
    assertThat(search.result().more()).isTrue();
    assertThat(search.result().searched()).isEqualTo(10);
  }

  @Test
  void hitsThatFitExactlyLeaveNothingOut() {
    Search search = new Search("s1", 2);
    search.look(List.of(instance("t", "s1", "{}"), instance("t", "1", "{\"x\":\"s1\"}")));
    assertThat(search.result().hits()).hasSize(2);
    assertThat(search.result().more()).isFalse();
    search.look(List.of(instance("s1", "1", "{}")));
    assertThat(hits(search.result())).containsExactly("s1", "t/s1");
    assertThat(search.result().more()).isTrue();
  }
}
