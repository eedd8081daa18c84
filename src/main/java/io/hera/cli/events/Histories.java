package io.hera.cli.events;

import io.hera.cli.nodes.NodeClient;
import io.hera.cli.nodes.NodeFailed;
import io.hera.cli.nodes.Phrasing;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Asks nodes for events and prints them. Nodes that cannot be asked are named on the other writer. */
public final class Histories {
  private final NodeClient client;
  private final HistoryClient histories;
  private final PrintWriter out;
  private final PrintWriter err;

  public Histories(NodeClient client, PrintWriter out, PrintWriter err) {
    this.client = client;
    this.histories = new HistoryClient(client);
    this.out = out;
    this.err = err;
  }

  /** The form of lines. */
  public enum Form {
    /** For people. */
    TEXT(EventText::line, (node, row) -> EventText.line(row)),
    /** For programs. */
    JSON(EventText::json, EventText::json);

    // These are method references to pure functions, which have no state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<Fact, String> ofFact;

    @SuppressWarnings("ImmutableEnumChecker")
    private final BiFunction<String, Row, String> ofRow;

    Form(Function<Fact, String> ofFact, BiFunction<String, Row, String> ofRow) {
      this.ofFact = ofFact;
      this.ofRow = ofRow;
    }
  }

  /** Prints the events of all these nodes, put together; returns whether all have answered. */
  public boolean printAll(Collection<String> addresses, Wanted wanted, Form form) {
    Map<String, NodeHistory> found = new TreeMap<>();
    boolean all = ask(
        addresses,
        address -> histories.history(address, wanted),
        history -> found.putIfAbsent(history.node(), history));
    List<Fact> facts = Facts.of(found.values());
    facts.stream()
        .skip(Math.max(0, facts.size() - wanted.limit()))
        .forEach(fact -> out.println(form.ofFact.apply(fact)));
    return all;
  }

  /** The node that has answered. */
  private record Found(String address, NodeHistory history) {}

  /** Prints the events of the first of these nodes that answers; returns whether there is one. */
  public boolean print(Collection<String> addresses, Wanted wanted, Form form) {
    return first(addresses, wanted, form).findAny().isPresent();
  }

  /** Prints the events of the first of these nodes that answers, and those to come as long as there is a reader. */
  public boolean follow(Collection<String> addresses, Wanted wanted, Form form) {
    List<Found> first = first(addresses, wanted, form).toList();
    for (Found found : first) {
      NodeHistory history = found.history();
      Row.Reporter node = new Row.Reporter(history.node(), history.life());
      out.flush();
      new Follower(client, found.address(), wanted, node)
          .follow(
              history.last(),
              row -> {
                out.println(form.ofRow.apply(history.node(), row));
                return !out.checkError();
              },
              this::complain);
    }
    return !first.isEmpty();
  }

  private Stream<Found> first(Collection<String> addresses, Wanted wanted, Form form) {
    for (String address : addresses) {
      try {
        NodeHistory history = histories.history(address, wanted);
        for (int i = history.rows().size() - 1; i >= 0; i--) {
          out.println(form.ofRow.apply(history.node(), history.rows().get(i)));
        }
        return Stream.of(new Found(address, history));
      } catch (NodeFailed failed) {
        complain("at " + address + ": " + failed.predicate());
      }
    }
    return Stream.empty();
  }

  /** Prints the story of an instance; returns whether all nodes have answered and show it. */
  public boolean explain(Collection<String> addresses, Wanted instance) {
    Map<String, InstanceView> views = new TreeMap<>();
    boolean all = ask(
        addresses,
        address -> view(address, instance),
        view -> views.putIfAbsent(view.node(), view));
    if (views.isEmpty()) {
      complain("No node answers.");
      return false;
    }
    Story story = new Story(
        EventText.instance(instance.service().orElseThrow(), instance.id().orElseThrow()),
        new ArrayList<>(views.values()));
    story.lines().forEach(out::println);
    return all && story.isShownEverywhere();
  }

  private InstanceView view(String address, Wanted instance) throws NodeFailed {
    NodeHistory history = histories.history(address, instance);
    return new InstanceView(
        shown(address, instance),
        history,
        history.rows().isEmpty() ? histories.since(address, history) : OptionalLong.empty());
  }

  private InstanceView.Shown shown(String address, Wanted instance) {
    try {
      return histories.shows(address, instance);
    } catch (NodeFailed failed) {
      return new InstanceView.Unknown(failed.predicate());
    }
  }

  private interface Question<T> {
    T ask(String address) throws NodeFailed;
  }

  private interface Taker<T> {
    void take(T answer);
  }

  private sealed interface Result<T> {}

  private record Answered<T>(T answer) implements Result<T> {}

  private record Silent<T>(String reason) implements Result<T> {}

  private <T> boolean ask(Collection<String> addresses, Question<T> question, Taker<T> taker) {
    Map<String, Result<T>> results =
        new LinkedHashMap<>(NodeClient.each(addresses, address -> result(address, question)));
    results.forEach((address, result) -> {
      if (result instanceof Answered<T> answered) {
        taker.take(answered.answer());
      } else if (result instanceof Silent<T> silent) {
        complain("at " + address + ": " + silent.reason());
      }
    });
    return results.values().stream().allMatch(Answered.class::isInstance);
  }

  private static <T> Result<T> result(String address, Question<T> question) {
    try {
      return new Answered<>(question.ask(address));
    } catch (NodeFailed failed) {
      return new Silent<>(failed.predicate());
    }
  }

  private void complain(String line) {
    err.println(Phrasing.printable(line));
    err.flush();
  }
}
