package io.hera.cli.events;

import io.hera.cli.nodes.Phrasing;
import io.hera.store.history.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What several nodes say of an instance, and the sentence that sums it up. */
final class Story {
  /** What a node says of a drain without a reason. */
  private static final String NO_REASON = "drained";

  private final String name;
  private final List<InstanceView> views;
  private final List<Fact> facts;

  /**
   * The story of an instance.
   *
   * @param views of at least one node
   */
  Story(String name, List<InstanceView> views) {
    this.name = name;
    this.views = List.copyOf(views);
    this.facts = Facts.of(views.stream().map(InstanceView::history).toList());
  }

  /** Returns whether each of the nodes shows the instance. */
  boolean isShownEverywhere() {
    return which(InstanceView.Yes.class).size() == views.size();
  }

  /** Returns the sentence, and the changes of the instance, the newest one last. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(Phrasing.printable(sentence()));
    facts.stream().map(EventText::line).forEach(lines::add);
    return lines;
  }

  private String sentence() {
    List<InstanceView> shown = which(InstanceView.Yes.class);
    String sentence = name + (shown.isEmpty() ? notShown() : shown(shown));
    return sentence
        + which(InstanceView.Unknown.class).stream()
            .map(view -> "; " + view.node() + " " + ((InstanceView.Unknown) view.shown()).reason())
            .collect(Collectors.joining());
  }

  private List<InstanceView> which(Class<? extends InstanceView.Shown> kind) {
    return views.stream().filter(view -> kind.isInstance(view.shown())).toList();
  }

  private String shown(List<InstanceView> shown) {
    List<InstanceView> others = which(InstanceView.No.class);
    String where = " is shown on " + shown.size() + " of " + views.size() + " nodes";
    return where
        + (shown.size() == views.size() ? "" : " (" + names(shown) + ")")
        + registered()
        + which(InstanceView.Hidden.class).stream()
            .map(view -> "; " + view.node() + " hides it by a drain" + reason(view))
            .collect(Collectors.joining())
        + others.stream().map(this::notAt).collect(Collectors.joining());
  }

  private String notShown() {
    List<InstanceView> hidden = which(InstanceView.Hidden.class);
    if (hidden.isEmpty()) {
      return absent();
    }
    String since = last(row -> row.is(EventType.DRAINED))
        .map(fact -> " since " + EventText.time(fact.atMillis()))
        .orElse("");
    return " is registered, and hidden by a drain on " + hidden.size() + " of " + views.size()
        + " nodes" + since + reason(hidden.get(0))
        + which(InstanceView.No.class).stream().map(this::notAt).collect(Collectors.joining());
  }

  private static String reason(InstanceView view) {
    String reason = ((InstanceView.Hidden) view.shown()).reason();
    return reason.equals(NO_REASON) ? "" : ": " + reason;
  }

  private String registered() {
    Optional<Fact> start = last(row -> row.is(EventType.REGISTERED));
    Optional<Fact> moved = last(row -> row.is(EventType.MOVED));
    String since = start
        .map(fact -> ", registered " + EventText.time(fact.atMillis()) + client(fact.row()))
        .orElse(", registered before the histories begin");
    return since
        + moved
            .filter(fact -> start.isEmpty() || fact.atMillis() > start.get().atMillis())
            .map(fact ->
                ", renewed at " + fact.row().origin() + " since " + EventText.time(fact.atMillis()))
            .orElse("");
  }

  private static String client(Row row) {
    String token = row.token().isEmpty() ? "" : " (" + row.token() + ")";
    return row.by().isEmpty() ? " at " + row.origin() : " by " + row.by() + token;
  }

  private String notAt(InstanceView view) {
    return view.history().rows().stream()
        .findFirst()
        .map(row -> "; " + view.node() + " does not show it: " + row.type() + " "
            + EventText.time(row.atMillis()) + ", " + row.why())
        .orElseGet(() -> "; " + never(view));
  }

  private static String never(InstanceView view) {
    return view.node() + " has never seen it " + since(view);
  }

  private static String since(InstanceView view) {
    return view.sinceMillis().isPresent()
        ? "(history since " + EventText.time(view.sinceMillis().getAsLong()) + ")"
        : "(history from its event " + view.history().first() + " on)";
  }

  private String absent() {
    if (which(InstanceView.No.class).isEmpty()) {
      return " may be shown or not";
    }
    if (facts.isEmpty()) {
      return " was never seen by "
          + views.stream()
              .map(view -> view.node() + " " + since(view))
              .collect(Collectors.joining(", "));
    }
    Fact newest = facts.get(facts.size() - 1);
    Optional<Fact> end = last(Row::isEnd);
    return end.filter(fact -> isLast(fact, newest))
        .map(Story::gone)
        .orElse(" is not shown, and the histories do not say since when; the last event is of "
            + EventText.time(newest.atMillis()) + ": " + newest.row().why());
  }

  /** An end that comes while a drain hides the instance changes nothing that is shown: there is no event of it. */
  private static String gone(Fact end) {
    String time = EventText.time(end.atMillis());
    return end.row().is(EventType.DRAINED)
        ? " is gone: it has ended since " + time + ", while a drain hid it"
        : " is gone since " + time + ": " + end.row().why();
  }

  /** Several nodes may report the end in different ways. */
  private static boolean isLast(Fact end, Fact newest) {
    return newest.row().isEnd() || end.row().version() >= newest.row().version();
  }

  private Optional<Fact> last(Predicate<Row> wanted) {
    return facts.stream().filter(fact -> wanted.test(fact.row())).reduce((one, next) -> next);
  }

  private static String names(List<InstanceView> some) {
    return some.stream().map(InstanceView::node).collect(Collectors.joining(", "));
  }
}
