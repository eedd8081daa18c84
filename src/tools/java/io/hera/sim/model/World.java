package io.hera.sim.model;

import io.hera.registry.Asker;
import io.hera.registry.Clocks;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Inspection;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.RegistryLimits;
import io.hera.registry.TestNode;
import io.hera.testkit.TestLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The state of one replay: real registries, the answers that are under way between them, and the
 * invariants.
 */
final class World {
  private static final long SHORT_TTL_MILLIS = 1_000;
  private static final long LONG_TTL_MILLIS = 3_000;
  private static final long RESTART_MILLIS = 20;
  /** So small that each page is one tie. */
  private static final int PAGE_BYTES = 1;

  private static final Pattern DOCUMENT = Pattern.compile("\\{\"n\":[0-9]+}");

  private static final RegistryLimits LIMITS =
      TestLimits.lifetimes(LONG_TTL_MILLIS, 500, LONG_TTL_MILLIS);

  /** An answer that has left a node. */
  record Answer(int asker, Delta delta) {}

  private final List<TestNode> nodes = new ArrayList<>();
  private final List<Inspection> inspections = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final Invariants invariants;
  private int writes;

  World(int count) {
    List<String> names = Step.NAMES.subList(0, count);
    for (String name : names) {
      TestNode node = new TestNode(name, Set.copyOf(names), LIMITS, new Clocks());
      node.carrier = (asker, asked, answerer) -> answer(asked, answerer, answerer.pageBytesMax);
      nodes.add(node);
      inspections.add(new Inspection(node.registry()));
    }
    invariants = new Invariants(names);
  }

  /** Returns the number of answers under way. */
  int answers() {
    return answers.size();
  }

  /** Takes the step; throws {@link Violation} if it breaks S2, S3 or S4. */
  void take(Step step) {
    TestNode node = nodes.get(step.node());
    switch (step.kind()) {
      case PUT -> put(step, 0);
      case PUT_BRIEFLY -> put(step, SHORT_TTL_MILLIS);
      case DELETE -> {
        node.delete(path(step.other()));
        invariants.wrote(inspections.get(step.node()), step.node(), path(step.other()));
      }
      case PULL -> node.pull(nodes.get(step.other()));
      case ASK -> ask(step);
      case DELIVER -> deliver(answers.remove(step.other()));
      case REPEAT -> deliver(answers.get(step.other()));
      case WIPE -> wipe(step.node());
      case STEP_BACK -> node.clocks.step(-3);
      case STEP_AHEAD -> node.clocks.step(3);
      case TICK -> advance(1);
      case SHORT_TIME -> pass(SHORT_TTL_MILLIS + 250);
      case LONG_TIME -> pass(LONG_TTL_MILLIS + 250);
    }
    invariants.stepped(inspections);
  }

  /** Checks S1, which depends on the present state alone. */
  void check() {
    invariants.check(inspections);
  }

  private void put(Step step, long ttlMillis) {
    nodes.get(step.node()).put(path(step.other()), "{\"n\":" + ++writes + "}", ttlMillis);
    invariants.wrote(inspections.get(step.node()), step.node(), path(step.other()));
  }

  private void ask(Step step) {
    Digest digest = nodes.get(step.node()).registry().digest(nodes.get(step.other()).name);
    answers.add(new Answer(step.node(), answer(digest, nodes.get(step.other()), PAGE_BYTES)));
  }

  private void deliver(Answer answer) {
    Set<String> origins = Set.copyOf(Step.NAMES);
    nodes.get(answer.asker()).registry().merge(answer.delta(), origins, origins);
  }

  /**
   * Lets a ttl pass. Answers under way are dropped, because no exchange takes as long as a ttl: an
   * age does not include the time under way (S5).
   */
  private void pass(long millis) {
    answers.clear();
    advance(millis);
  }

  /**
   * Restarts a node without its memory. A restart takes longer than the few milliseconds by which
   * the clock of the former life may have been ahead.
   */
  private void wipe(int lost) {
    TestNode node = nodes.get(lost);
    node.wipe();
    inspections.set(lost, new Inspection(node.registry()));
    invariants.forget(lost);
    advance(RESTART_MILLIS);
    Set<String> own = Set.of(node.name);
    for (TestNode peer : nodes) {
      if (peer != node) {
        node.registry().merge(answer(Digest.of(node.name, 0), peer, peer.pageBytesMax), own, own);
      }
    }
    node.registry().recovered();
  }

  private void advance(long millis) {
    nodes.forEach(node -> node.advance(millis));
  }

  /** Returns the answer of a node, after a check that it is exact. */
  private Delta answer(Digest asked, TestNode answerer, int pageBytes) {
    Delta delta = answerer.registry().delta(Asker.UNNAMED, asked, Dialect.V2, pageBytes);
    int index = nodes.indexOf(answerer);
    for (OriginDelta part : delta.origins()) {
      invariants.answered(inspections.get(index), index, part);
    }
    return delta;
  }

  private static String path(int key) {
    return "s/" + (key + 1);
  }

  /**
   * Returns all that the future depends on, with times relative to the present: equal for two
   * worlds that behave the same.
   */
  String state() {
    long elapsed = nodes.get(0).clocks.monotonicMillis();
    StringBuilder state = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      state.append(nodes.get(i).clocks.millis() - elapsed).append(';');
      inspections.get(i).describe(state, elapsed);
    }
    for (Answer answer : answers) {
      state.append('>').append(answer.asker());
      answer.delta().origins().forEach(part -> describe(state, part, elapsed));
    }
    invariants.describe(state, elapsed);
    return renamed(state);
  }

  private static void describe(StringBuilder text, OriginDelta part, long base) {
    text.append(part.origin()).append(part.from() == 0 ? 0 : part.from() - base).append(',');
    text.append(part.to() - base).append(part.reset());
    for (Entry entry : part.entries()) {
      text.append('/').append(entry.key().id()).append(entry.version() - base);
      text.append(',').append(entry.ageMillis());
      if (entry instanceof Registration registration) {
        text.append(',').append(registration.ttlMillis());
        text.append(new String(registration.document(), StandardCharsets.UTF_8));
      }
    }
  }

  /**
   * Numbers the documents in the order of their appearance: it matters which are equal, not which
   * write they are of.
   */
  private static String renamed(StringBuilder state) {
    Map<String, String> names = new HashMap<>();
    return DOCUMENT
        .matcher(state)
        .replaceAll(found -> names.computeIfAbsent(found.group(), any -> "{" + names.size() + "}"));
  }
}
