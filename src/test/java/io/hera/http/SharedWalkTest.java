package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.SharedWalk.Chunk;
import io.hera.http.SharedWalk.Coding;
import io.hera.json.JsonWriter;
import io.hera.registry.View;
import io.hera.store.DocumentsAsked;
import io.hera.store.InstanceDocument;
import io.hera.store.ServiceDocuments;
import io.hera.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tests what readers of all services share. */
class SharedWalkTest {
  @AutoClose
  private final Resource resource = new Resource(Vertx.vertx());

  private int asked;
  private int written;
  private String document = "{}";
  private int instances = 3;
  private final SharedWalk walk = new SharedWalk(
      resource.vertx,
      store(),
      this::write,
      new WalkTexts(),
      new DocumentsAsked(List.of("a", "b", "c"), View.Extent.SHOWN));

  private record Resource(Vertx vertx) implements AutoCloseable {
    @Override
    public void close() {
      vertx.close().await();
    }
  }

  /** A store that returns one service at a time. */
  private Store store() {
    return (Store) Proxy.newProxyInstance(
        Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
          asked++;
          String first = ((DocumentsAsked) arguments[0]).services().get(0);
          return Future.succeededFuture(List.of(new ServiceDocuments(first, asked, documents())));
        });
  }

  private List<InstanceDocument> documents() {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, instances)
        .mapToObj(i -> new InstanceDocument("i" + i, bytes, 0, Optional.empty()))
        .toList();
  }

  private Runnable write(List<SharedWalk.Part> parts, JsonWriter out) {
    written++;
    return Members.write(parts, out);
  }

  private Chunk chunk(int from, long reader) {
    return walk.chunk(from, reader).result().orElseThrow();
  }

  private String text(Chunk chunk, int piece) {
    return walk.text(chunk, piece, Coding.PLAIN).await().bytes().toString();
  }

  @Test
  void aTextIsMadeOnceForAllReadersThatHaveBegun() {
    List<Long> readers = List.of(walk.begin(), walk.begin(), walk.begin());
    for (long reader : readers) {
      for (int service = 0; service < 3; service++) {
        Chunk chunk = chunk(service, reader);
        assertThat(chunk.next()).isEqualTo(service + 1);
        assertThat(text(chunk, 0)).endsWith("\"i0\":{},\"i1\":{},\"i2\":{}}");
      }
      assertThat(walk.chunk(3, reader).result()).isEmpty();
    }
    assertThat(asked).isEqualTo(3);
    assertThat(written).isEqualTo(3);
  }

  /** Its client may have written before it asked. */
  @Test
  void aReaderSeesNothingFromBeforeItBegan() {
    text(chunk(0, walk.begin()), 0);
    document = "{\"new\":1}";
    long second = walk.begin();
    assertThat(text(chunk(0, second), 0)).contains("\"i0\":{\"new\":1}");
    assertThat(asked).isEqualTo(2);
    assertThat(text(walk.chunk(0).result().orElseThrow(), 0)).contains("new");
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void aLargeServiceIsCutIntoPiecesThatJoin() {
    instances = 50;
    document = "{\"x\":\"" + "x".repeat(10_000) + "\"}";
    Chunk chunk = chunk(0, walk.begin());
    assertThat(chunk.size()).isBetween(7, 9);
    StringBuilder joined = new StringBuilder("{");
    for (int piece = 0; piece < chunk.size(); piece++) {
      String text = text(chunk, piece);
      assertThat(text.length()).isLessThan(SharedWalk.PIECE_BYTES + 10_100);
      joined.append(piece == 0 ? "" : ",").append(text);
    }
    JsonWriter whole = new JsonWriter(1_024);
    Members.write(List.of(new SharedWalk.Part("a", documents(), true, true)), whole);
    assertThat(joined.append('}'))
        .hasToString("{" + new String(whole.toBytes(), StandardCharsets.UTF_8) + "}");
  }
}
