package io.hera.client;

import io.hera.client.CacheCommand.AskAgain;
import io.hera.client.CacheCommand.AskOther;
import io.hera.client.CacheCommand.AskStatus;
import io.hera.client.CacheCommand.Move;
import io.hera.client.CacheCommand.Show;
import io.hera.client.CacheCommand.WakeAt;
import io.hera.client.Reply.Settled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The interpreter of a scenario of the cache rule: a text with one command per line; {@code #} begins a
 * comment. {@code 1..20} stands for 20 instances, {@code none} for an empty listing, {@code 1=x} for an
 * instance with another document. Equal contents have equal tags.
 *
 * <pre>
 * grace 0s                   the grace period, 60 s by default; the first command
 * answer a settled 1..3      node a answers; the node is settled, young or unknown
 * same a settled             node a answers 304 to the newest tag
 * status a young             the status of node a
 * confirm b settled          the second opinion: 304; {@code differ b young 1 2}: another answer;
 *                            {@code silent b}, {@code no-other}, {@code only-node}
 * earlier confirm b settled  the second opinion to an earlier question
 * lost                       the followed node does not answer
 * advance 10s                lets time pass, with timers; {@code suspend 120s} without, they come late
 * expect ask-other           the next command of the rule: ask-other [except nodes], ask-status a,
 *                            ask-again 2s, move b; all have to be expected
 * shown fresh 1 2*           the snapshot; {@code *} marks the held ones
 * </pre>
 */
final class CacheScenario {
  private final Deque<String> commands = new ArrayDeque<>();
  private Duration grace = Duration.ofSeconds(60);
  private long now = 5;
  private CacheRule rule = rule();
  private OptionalLong wakeAt = OptionalLong.empty();
  private int question;

  private CacheRule rule() {
    return new CacheRule("orders", grace, new Random(1), now);
  }

  void run(String file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      try {
        if (!line.isEmpty()) {
          execute(List.of(line.split("\\s+")));
        }
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "%s:%d: %s: %s".formatted(file, i + 1, line, failure.getMessage()), failure);
      }
    }
    check(commands.isEmpty(), "not expected: " + commands);
  }

  private void execute(List<String> words) {
    List<String> rest = words.subList(1, words.size());
    switch (words.get(0)) {
      case "grace" -> {
        grace = duration(rest.get(0));
        rule = rule();
      }
      case "expect" -> {
        String expected = String.join(" ", rest);
        check(expected.equals(commands.poll()), "the rule did not say so: " + commands);
      }
      case "shown" -> {
        String expected = expanded(rest);
        check(expected.equals(shown()), "shown are " + shown());
      }
      case "advance" -> advance(duration(rest.get(0)));
      case "suspend" -> {
        now += duration(rest.get(0)).toNanos();
        wake();
      }
      default -> {
        check(commands.isEmpty(), "not expected before: " + commands);
        event(words);
      }
    }
  }

  private void event(List<String> words) {
    boolean earlier = words.get(0).equals("earlier");
    List<String> event = earlier ? words.subList(1, words.size()) : words;
    fire(event(event, earlier ? question - 1 : question));
  }

  private static CacheEvent event(List<String> words, int number) {
    String node = words.size() > 1 ? words.get(1) : "";
    Settled settled = words.size() > 2 ? settled(words.get(2)) : Settled.UNKNOWN;
    return switch (words.get(0)) {
      case "answer" -> new CacheEvent.Answered(reply(words));
      case "same" -> new CacheEvent.Unchanged(node, settled);
      case "status" -> new CacheEvent.StatusKnown(node, settled);
      case "confirm" -> new CacheEvent.Confirmed(number, node, settled);
      case "differ" -> new CacheEvent.Differed(number, reply(words));
      case "silent" -> new CacheEvent.Silent(number, node);
      case "no-other" -> new CacheEvent.NoOther(number);
      case "only-node" -> new CacheEvent.OnlyNode(number);
      case "lost" -> new CacheEvent.Lost();
      default -> throw new IllegalArgumentException("unknown command");
    };
  }

  private void fire(CacheEvent event) {
    for (CacheCommand command : rule.on(event, now)) {
      if (command instanceof WakeAt wake) {
        wakeAt = OptionalLong.of(wake.nanos());
      } else if (command instanceof AskOther ask) {
        check(ask.delay().compareTo(CacheRule.OPINION_SPREAD) < 0, "asked too late");
        question = ask.question();
        commands.add("ask-other except " + String.join(" ", new TreeSet<>(ask.except())));
      } else if (command instanceof AskStatus ask) {
        commands.add("ask-status " + ask.node());
      } else if (command instanceof AskAgain ask) {
        commands.add("ask-again " + ask.delay().toSeconds() + "s");
      } else if (command instanceof Move move) {
        commands.add("move " + move.node());
      } else {
        check(((Show) command).snapshot().equals(rule.current()), "another snapshot is shown");
      }
    }
  }

  private void advance(Duration time) {
    long end = now + time.toNanos();
    while (wakeAt.isPresent() && wakeAt.getAsLong() <= end) {
      now = Math.max(now, wakeAt.getAsLong());
      wake();
    }
    now = end;
  }

  private void wake() {
    if (wakeAt.isPresent() && wakeAt.getAsLong() <= now) {
      wakeAt = OptionalLong.empty();
      fire(new CacheEvent.Woken());
      check(wakeAt.isEmpty() || wakeAt.getAsLong() > now, "woken for nothing");
    }
  }

  private String shown() {
    String instances = rule.current().instances().stream()
        .map(instance -> name(instance) + (instance.held() ? "*" : ""))
        .collect(Collectors.joining(" "));
    return (rule.current().freshness().name().toLowerCase(Locale.ROOT) + " " + instances).strip();
  }

  private static String name(Instance instance) {
    return instance.id()
        + instance.document().text("v").map(value -> "=" + value).orElse("");
  }

  private static String expanded(List<String> words) {
    List<String> names = new ArrayList<>();
    for (String name : names(words.subList(1, words.size()))) {
      names.add(name);
    }
    names.sort(null);
    return (words.get(0) + " " + String.join(" ", names)).strip();
  }

  private static Reply reply(List<String> words) {
    List<Instance> instances = names(words.subList(3, words.size())).stream()
        .map(CacheScenario::instance)
        .toList();
    String tag =
        instances.stream().map(CacheScenario::name).sorted().collect(Collectors.joining(","));
    return new Reply(words.get(1), "W/\"" + tag + "\"", instances, settled(words.get(2)));
  }

  private static Instance instance(String name) {
    String[] parts = name.split("=", 2);
    Map<String, String> members = parts.length == 2 ? Map.of("v", parts[1]) : Map.of();
    return new Instance("orders", parts[0], Document.of(members), false);
  }

  /** Returns the names that words stand for; {@code 1..3*} is {@code 1* 2* 3*}. */
  private static List<String> names(List<String> words) {
    return words.stream()
        .filter(word -> !word.equals("none"))
        .flatMap(word -> {
          String[] range = word.replace("*", "").split("\\.\\.", 2);
          String held = word.endsWith("*") ? "*" : "";
          return range.length < 2
              ? Stream.of(word)
              : IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[1]))
                  .mapToObj(i -> i + held);
        })
        .toList();
  }

  private static Settled settled(String word) {
    return switch (word) {
      case "settled" -> Settled.YES;
      case "young" -> Settled.NO;
      case "unknown" -> Settled.UNKNOWN;
      default -> throw new IllegalArgumentException("not settled, young or unknown: " + word);
    };
  }

  private static Duration duration(String text) {
    return text.endsWith("ms")
        ? Duration.ofMillis(Long.parseLong(text.replace("ms", "")))
        : Duration.ofSeconds(Long.parseLong(text.replace("s", "")));
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
