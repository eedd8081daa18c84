package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.hera.client.Unanswered.Sent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a scenario of a client in virtual time. A line is a command; text behind {@code #} is a comment.
 * Nodes have numbers: 1 is the one that this client prefers, then 2 and 3; with {@code ranks}, 3 is
 * of the second rank.
 *
 * <pre>
 * nodes 3                      the number of nodes, first of all; "nodes 3 ranks", "nodes 3 token"
 * machine 10.9.0.1 10.8.0.1    this machine has these addresses, and reaches nodes from the first one
 * register orders/1            with a ttl of 30 s; "register orders/1 9s"
 * locate orders/1              registers without a host;  locate orders/80  without an id, at this port
 * update orders/1 version 2    sets a member;  pause orders/1;  resume orders/1;  close orders/1
 * healthy orders/1             has it checked, and the check succeeds from now on; "unhealthy"
 * watch orders                 opens a view
 * asks 1 PUT /orders/1?ttl {   the next request, within 60 s: node, method, target, begin of the body
 *                              "{}" for any document, "-" for none; further words are in its headers
 * answer 204 etag=x body       answers the request that was asked last; refuse, break, stale: it fails
 * earlier 1 204                answers an earlier request: 1 is the one before the last
 * quiet 20s                    no request within this time
 * pass 3s                      time passes; requests of that time are looked at afterwards
 * forget                       the requests so far are not looked at
 * state orders/1 REGISTERED    of a registration
 * shows orders FRESH 1 2*      of a view: freshness and ids, * for held ones
 * </pre>
 */
final class Script {
  static {
    QuietLog.begin();
  }

  private static final byte[] NOTHING = new byte[0];

  private final VirtualTime time = new VirtualTime();
  private final VirtualLoop loop = time.loop();
  private final HeldTransport transport = new HeldTransport();
  private final Machine machine = new Machine();
  private final Map<String, Registration> registrations = new HashMap<>();
  private final Map<String, ServiceView> views = new LinkedHashMap<>();
  private final Map<String, Boolean> health = new HashMap<>();
  private final Deque<HeldTransport.Held> asked = new ArrayDeque<>();
  private String token = "secret";
  private int nodes;
  private DefaultClient client;

  static void run(List<String> lines) {
    Script script = new Script();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceAll("#.*", "").strip();
      if (!line.isEmpty()) {
        try {
          script.command(line.split(" +"));
        } catch (AssertionError | RuntimeException failure) {
          throw new AssertionError(
              "line " + (i + 1) + ": " + line + ": " + failure.getMessage(), failure);
        }
      }
    }
  }

  private void command(String[] words) {
    String first = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "nodes" -> begin(words);
      case "machine" -> machine.moveTo(List.of(words).subList(1, words.length));
      case "register" -> register(first, words.length > 2 ? words[2] : "30s");
      case "locate" -> locate(first);
      case "update" -> registration(first).update(document -> document.with(words[2], words[3]));
      case "pause" -> registration(first).pause();
      case "resume" -> registration(first).resume();
      case "close" -> begun(((OwnRegistration) registration(first)).closing());
      case "healthy", "unhealthy" -> check(first, words[0].equals("healthy"));
      case "token" -> token = first;
      case "watch" -> views.put(first, client.watch(first));
      case "asks" -> asks(words);
      case "answer" -> answer(asked.element(), words);
      case "earlier" ->
        answer(
            asked.stream().skip(Integer.parseInt(first)).findFirst().orElseThrow(),
            List.of(words).subList(1, words.length).toArray(String[]::new));
      case "refuse" -> fails(Sent.NOTHING);
      case "break" -> fails(Sent.PERHAPS);
      case "stale" -> fails(Sent.ON_AN_OLD_CONNECTION);
      case "quiet" -> quiet(duration(first));
      case "forget" -> transport.forget();
      case "pass" -> time.pass(duration(first));
      case "state" -> assertThat(registration(first).state()).hasToString(words[2]);
      case "problem" ->
        assertThat(registration(first).problem().map(HeraProblem::toString).orElse("none"))
            .contains(first.isEmpty() ? "" : words[2]);
      case "shows" -> shows(first, words);
      default -> fail("no such command");
    }
    time.settle();
  }

  private void begin(String[] words) {
    nodes = Integer.parseInt(words[1]);
    boolean ranks = List.of(words).contains("ranks");
    StringBuilder urls = new StringBuilder();
    for (int i = 1; i <= nodes; i++) {
      urls.append(i == 1 ? "" : ranks && i == nodes ? ";" : ",")
          .append("http://10.0.0." + i + ":80");
    }
    HeraSettings settings = HeraSettings.of(urls.toString()).withDrain(Duration.ZERO);
    if (List.of(words).contains("token")) {
      settings = settings.withToken(() -> token);
    }
    client = DefaultClient.begun(
        settings,
        new Machinery(
            loop,
            transport,
            loop,
            new Random(7),
            host -> CompletableFuture.failedFuture(new Exception())),
        machine);
    time.settle();
  }

  /** A farewell goes on by itself. */
  private static void begun(CompletableFuture<Void> farewell) {
    assertThat(farewell).isNotDone();
  }

  private void register(String key, String ttl) {
    String[] names = key.split("/", 2);
    Document document = Document.of("{\"host\":\"h\"}");
    registrations.put(key, client.register(new Offer(names[0], names[1], document, duration(ttl))));
  }

  private void locate(String key) {
    String[] names = key.split("/", 2);
    Offer offer = Offer.of(names[0], 80);
    registrations.put(key, client.register(names[1].equals("80") ? offer : offer.withId(names[1])));
  }

  private Registration registration(String key) {
    return registrations.get(key);
  }

  private void check(String key, boolean healthy) {
    if (health.put(key, healthy) == null) {
      registration(key).when(() -> health.get(key), Duration.ofSeconds(1));
    }
  }

  private void asks(String[] words) {
    long end = time.nanos() + Duration.ofSeconds(60).toNanos();
    while (!transport.hasNext() && time.stepUntil(end)) {}
    assertThat(transport.hasNext()).as("a request within 60 s").isTrue();
    HeldTransport.Held held = transport.next();
    asked.push(held);
    Ask ask = held.ask();
    String body = new String(ask.body(), StandardCharsets.UTF_8);
    String shown =
        node(ask) + " " + ask.method() + " " + ask.target().replaceAll("=[0-9]{4,5}ms$", "");
    assertThat(shown).isEqualTo(String.join(" ", List.of(words).subList(1, 4)));
    for (String expected : List.of(words).subList(4, words.length)) {
      switch (expected) {
        case "-" -> assertThat(body).isEmpty();
        case "{}" -> assertThat(body).startsWith("{");
        default -> assertThat(body + ask.headers()).contains(expected);
      }
    }
  }

  private String node(Ask ask) {
    List<Node> order = client.nodes().all();
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i).uri.equals(ask.node())) {
        return Integer.toString(i + 1);
      }
    }
    return ask.node().toString();
  }

  private static void answer(HeldTransport.Held held, String[] words) {
    Map<String, String> headers = new HashMap<>(Map.of("hera-node", "x"));
    byte[] body = NOTHING;
    for (String word : List.of(words).subList(2, words.length)) {
      int equals = word.indexOf('=');
      if (word.equals("old")) {
        headers.remove("hera-node");
      } else if (equals > 0 && !word.startsWith("{")) {
        headers.put(word.substring(0, equals), word.substring(equals + 1));
      } else {
        body = word.getBytes(StandardCharsets.UTF_8);
      }
    }
    int status = Integer.parseInt(words[1]);
    held.answer().complete(new Answer(status, headers, body));
  }

  private void fails(Sent sent) {
    asked.element().answer().completeExceptionally(new Unanswered("it failed", sent));
  }

  private void quiet(Duration length) {
    time.settle();
    time.pass(length);
    if (transport.hasNext()) {
      Ask ask = transport.next().ask();
      fail("there was a request: " + node(ask) + " " + ask.method() + " " + ask.target());
    }
  }

  private void shows(String service, String[] words) {
    Snapshot snapshot = views.get(service).current();
    List<String> ids = snapshot.instances().stream()
        .map(instance -> instance.id() + (instance.held() ? "*" : ""))
        .toList();
    assertThat(snapshot.freshness() + " " + String.join(" ", ids))
        .isEqualTo(
            String.join(" ", List.of(words).subList(2, words.length)) + (ids.isEmpty() ? " " : ""));
  }

  private static Duration duration(String text) {
    return text.endsWith("ms")
        ? Duration.ofMillis(Long.parseLong(text.replace("ms", "")))
        : Duration.ofSeconds(Long.parseLong(text.replace("s", "")));
  }
}
