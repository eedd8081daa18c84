package io.hera.client.fake;

import io.hera.client.Answer;
import io.hera.client.Ask;
import io.hera.client.Document;
import io.hera.client.Match;
import io.hera.client.Transport;
import io.hera.client.Unanswered;
import io.hera.json.JsonWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The nodes of a cluster, with one memory. Everything runs as work of its {@link FakeTime}. */
final class FakeNodes implements Transport {
  private static final byte[] NOTHING = new byte[0];
  private static final String TTL = "30000ms";
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final Duration SETTLED = Duration.ofMinutes(10);

  /** An instance; what others have registered lives until it is removed. */
  private record Entry(Document document, Optional<Duration> ttl, long deadline) {}

  /** A read that waits for another content. */
  private record Waiter(Read read, String tag, CompletableFuture<Answer> answer) {}

  /** A read of a service. */
  private record Read(String service, List<Match> matches) {}

  private final FakeTime time;
  private final SortedMap<String, SortedMap<String, Entry>> services = new TreeMap<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private boolean up = true;
  private long upSince;

  FakeNodes(FakeTime time) {
    this.time = time;
    this.upSince = time.nanos() - SETTLED.toNanos();
  }

  Optional<Document> get(String service, String id) {
    return Optional.ofNullable(ids(service).get(id)).map(Entry::document);
  }

  /** Registers an instance; one without a ttl lives until it is removed. */
  void put(String service, String id, Document document, Optional<Duration> ttl) {
    long deadline = time.nanos() + ttl.orElse(Duration.ZERO).toNanos();
    Entry entry = new Entry(document, ttl, deadline);
    ids(service).put(id, entry);
    ttl.ifPresent(life -> time.after(life, () -> {
      if (entry.equals(ids(service).get(id))) {
        remove(service, id);
      }
    }));
    changed(service);
  }

  void remove(String service, String id) {
    ids(service).remove(id);
    changed(service);
  }

  void goDown() {
    up = false;
    List<Waiter> lost = List.copyOf(waiters);
    waiters.clear();
    lost.forEach(waiter -> waiter.answer().completeExceptionally(down()));
  }

  void goUp() {
    up = true;
  }

  void restart() {
    goDown();
    services.clear();
    upSince = time.nanos();
    goUp();
  }

  @Override
  public CompletableFuture<Answer> send(Ask ask) {
    if (!up) {
      return CompletableFuture.failedFuture(down());
    }
    String[] parts = ask.target().split("\\?", 2);
    String query = parts.length > 1 ? parts[1] : "";
    List<String> path =
        Arrays.stream(parts[0].substring(1).split("/")).map(FakeNodes::decoded).toList();
    return switch (ask.method()) {
      case "PUT" -> done(write(path, query, ask.body()));
      case "DELETE" -> {
        remove(path.get(0), path.get(1));
        yield done(answer(204, Map.of(), NOTHING));
      }
      case "POST" -> done(FakeBatches.answer(this, path.get(0), ask.body()));
      default -> path.get(0).startsWith("_") ? done(ok("{}")) : read(path, query, ask);
    };
  }

  private static Unanswered down() {
    return new Unanswered("the fake nodes are down", Unanswered.Sent.NOTHING);
  }

  private static CompletableFuture<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private Answer write(List<String> path, String query, byte[] body) {
    String service = path.get(0);
    String id = path.get(1);
    if (body.length > 0) {
      String ttl = parameters(query, "ttl").stream().findFirst().orElse(TTL);
      put(service, id, Document.of(body), Optional.of(millis(ttl)));
    } else if (!renew(service, id)) {
      return answer(404, Map.of(), NOTHING);
    }
    return Optional.ofNullable(ids(service).get(id)).map(FakeNodes::accepted).orElseThrow();
  }

  private static Answer accepted(Entry entry) {
    long seconds = entry.ttl().orElse(FOREVER).toSeconds();
    String tag = tag(entry.document().bytes());
    return answer(204, Map.of("etag", tag, "hera-expires-in", String.valueOf(seconds)), NOTHING);
  }

  /** Renews an instance; returns whether it is known. */
  boolean renew(String service, String id) {
    Optional<Entry> known = Optional.ofNullable(ids(service).get(id));
    known.ifPresent(entry -> put(service, id, entry.document(), entry.ttl()));
    return known.isPresent();
  }

  /** Returns the duration of a text such as {@code 30000ms}. */
  static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text.replace("ms", "")));
  }

  private CompletableFuture<Answer> read(List<String> path, String query, Ask ask) {
    if (path.get(0).isEmpty()) {
      return done(ok(counts()));
    }
    if (path.size() > 1) {
      return done(get(path.get(0), path.get(1))
          .map(document -> answer(200, Map.of(), document.bytes()))
          .orElse(answer(404, Map.of(), NOTHING)));
    }
    List<Match> matches =
        parameters(query, "match").stream().map(FakeNodes::match).toList();
    Read read = new Read(path.get(0), matches);
    byte[] listing = listing(read);
    if (!tag(listing).equals(ask.headers().get("if-none-match"))) {
      return done(tagged(200, listing));
    }
    return parameters(query, "wait").stream()
        .findFirst()
        .map(wait -> waiting(read, millis(wait)))
        .orElseGet(() -> done(answer(304, tags(listing), NOTHING)));
  }

  private CompletableFuture<Answer> waiting(Read read, Duration wait) {
    byte[] listing = listing(read);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Waiter waiter = new Waiter(read, tag(listing), answer);
    waiters.removeIf(other -> other.answer().isDone());
    waiters.add(waiter);
    time.after(wait, () -> {
      if (waiters.remove(waiter)) {
        answer.complete(answer(304, tags(listing), NOTHING));
      }
    });
    return answer;
  }

  private void changed(String service) {
    List<Waiter> ready = new ArrayList<>();
    waiters.removeIf(waiter -> {
      boolean other = waiter.read().service().equals(service)
          && !waiter.tag().equals(tag(listing(waiter.read())));
      return other && ready.add(waiter);
    });
    ready.forEach(waiter -> waiter.answer().complete(tagged(200, listing(waiter.read()))));
  }

  private SortedMap<String, Entry> ids(String service) {
    return services.computeIfAbsent(service, any -> new TreeMap<>());
  }

  private byte[] listing(Read read) {
    JsonWriter out = new JsonWriter(256).raw('{');
    Predicate<Document> matches =
        document -> read.matches().stream().allMatch(match -> match.matches(document));
    ids(read.service()).forEach((id, entry) -> {
      if (matches.test(entry.document())) {
        out.ascii(out.size() > 1 ? "," : "")
            .string(id)
            .raw(':')
            .raw(entry.document().bytes());
      }
    });
    return out.raw('}').toBytes();
  }

  private String counts() {
    JsonWriter out = new JsonWriter(256).raw('{');
    services.forEach((service, ids) -> {
      if (!ids.isEmpty()) {
        out.ascii(out.size() > 1 ? "," : "").string(service);
        out.ascii(":{\"instances\":").number(ids.size()).raw('}');
      }
    });
    return new String(out.raw('}').toBytes(), StandardCharsets.UTF_8);
  }

  private static List<String> parameters(String query, String name) {
    return Arrays.stream(query.split("&"))
        .filter(parameter -> parameter.startsWith(name + "="))
        .map(parameter -> parameter.substring(name.length() + 1))
        .toList();
  }

  private static Match match(String parameter) {
    String[] pair = parameter.split(":", 2);
    return Match.of(decoded(pair[0]), decoded(pair[1]));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String tag(byte[] content) {
    return "W/\"" + content.length + "-" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
  }

  private Map<String, String> tags(byte[] listing) {
    long uptime = Duration.ofNanos(time.nanos() - upSince).toSeconds();
    return Map.of("etag", tag(listing), "hera-uptime", String.valueOf(uptime));
  }

  private Answer tagged(int status, byte[] listing) {
    return answer(status, tags(listing), listing);
  }

  /** Returns an answer of 200 with a body. */
  static Answer ok(String json) {
    return answer(200, Map.of(), json.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer answer(int status, Map<String, String> headers, byte[] body) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("hera-node", "fake");
    return new Answer(status, all, body);
  }

  @Override
  public void close() {
    waiters.clear();
  }
}
