package io.hera.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.JsonWriter;
import io.hera.json.Malformed;
import io.hera.registry.EntryTimes;
import io.hera.store.history.Cause;
import io.hera.store.history.EventJson;
import io.hera.store.history.EventPage;
import io.hera.store.history.EventType;
import io.hera.store.history.HistoryEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Events of several nodes, put together and in words. */
class StoryTest {
  private static final long NOON = 1_700_000_000_000L;
  private static final Cause PUT = new Cause.Client(Cause.Action.PUT, "10.1.1.7", "ci");
  private static final Cause DELETE = new Cause.Client(Cause.Action.DELETE, "10.1.1.9", "");

  /** An event of web/1. */
  private record Seen(long number, long atMillis, EventType type, String origin, Cause cause) {
    HistoryEvent event() {
      return new HistoryEvent(
          number,
          "life",
          NOON + atMillis,
          type,
          type.isOfNode() ? "" : "web",
          type.isOfInstance() ? "1" : "",
          origin,
          new EntryTimes(type == EventType.DEREGISTERED ? 20 : 10, 300_000, 2_000),
          1,
          cause,
          0,
          null);
    }
  }

  private static NodeHistory history(String node, Seen... oldestFirst) {
    List<HistoryEvent> events = new ArrayList<>();
    for (Seen seen : oldestFirst) {
      events.add(seen.event());
    }
    Collections.reverse(events);
    JsonWriter out = new JsonWriter(1_000).ascii("{\"node\":").string(node);
    out.ascii(",\"life\":\"life\",\"now\":1,");
    EventJson.write(out, new EventPage(4, 9, events), "life");
    try {
      return NodeHistory.read(out.raw('}').toBytes());
    } catch (Malformed malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private static Seen registered(long atMillis, Cause cause) {
    return new Seen(1, atMillis, EventType.REGISTERED, "a", cause);
  }

  private static Seen deregistered(long atMillis, Cause cause) {
    return new Seen(2, atMillis, EventType.DEREGISTERED, "a", cause);
  }

  private static Seen drained(long atMillis) {
    return new Seen(
        2, atMillis, EventType.DRAINED, "a", new Cause.Drain("web", "new kernel", "alice"));
  }

  private static InstanceView view(InstanceView.Shown shown, NodeHistory history) {
    return new InstanceView(shown, history, OptionalLong.of(NOON - 1_000));
  }

  private static InstanceView yes(NodeHistory history) {
    return view(new InstanceView.Yes(), history);
  }

  private static InstanceView no(NodeHistory history) {
    return view(new InstanceView.No(), history);
  }

  private static InstanceView hidden(String reason, NodeHistory history) {
    return view(new InstanceView.Hidden(reason), history);
  }

  private static String sentence(InstanceView... views) {
    return new Story("web/1", List.of(views)).lines().get(0);
  }

  // Drains.

  @Test
  void anInstanceThatADrainHidesIsNotShown() {
    NodeHistory drained = history("a", registered(0, PUT), drained(500));
    InstanceView view = hidden("kernel update", drained);
    assertThat(sentence(view))
        .isEqualTo("web/1 is registered, and hidden by a drain on 1 of 1 nodes since"
            + " 2023-11-14T22:13:20.500Z: kernel update");
    assertThat(new Story("web/1", List.of(view)).isShownEverywhere()).isFalse();
    assertThat(sentence(hidden("drained", history("a"))))
        .isEqualTo("web/1 is registered, and hidden by a drain on 1 of 1 nodes");
    assertThat(sentence(yes(history("b", registered(0, PUT))), view))
        .endsWith("; a hides it by a drain: kernel update");
  }

  @Test
  void anInstanceThatEndedWhileADrainHidItIsNotSaidToBeRegistered() {
    assertThat(sentence(no(history("a", registered(0, PUT), drained(500)))))
        .isEqualTo(
            "web/1 is gone: it has ended since 2023-11-14T22:13:20.500Z, while a drain hid it");
  }

  // Putting together.

  @Test
  void theReportOfTheNodeThatKnowsTheClientIsPreferred() {
    List<Fact> facts = Facts.of(List.of(
        history("b", registered(-1, new Cause.Gossip("a"))),
        history("c", registered(15, new Cause.Gossip("b"))),
        history("a", registered(0, PUT))));
    assertThat(facts).hasSize(1);
    assertThat(facts.get(0).row().by()).isEqualTo("10.1.1.7");
    assertThat(EventText.line(facts.get(0)))
        .isEqualTo("2023-11-14T22:13:20.000Z  registered    web/1  a  registered by a PUT from"
            + " 10.1.1.7 (ci); seen by b, a +1 ms, c +16 ms");
  }

  @Test
  void withoutAClientTheReportOfTheOriginIsPreferred() {
    Seen expiry = new Seen(3, 5, EventType.EXPIRED, "a", Cause.Own.EXPIRY);
    Seen later = new Seen(3, 900, EventType.EXPIRED, "a", Cause.Own.EXPIRY);
    Fact fact = Facts.of(List.of(history("b", expiry), history("a", later))).get(0);
    assertThat(fact.row().atMillis()).isEqualTo(NOON + 900);
    assertThat(fact.sightings()).isEqualTo("seen by b, a +895 ms");
  }

  @Test
  void aChangeThatANodeReportsTwiceIsTwoChangesOfWhichTheNewestAreTheSame() {
    List<Fact> facts = Facts.of(List.of(
        history("a", registered(0, PUT), registered(100, PUT)),
        history("b", registered(101, new Cause.Gossip("a")))));
    assertThat(facts.stream().map(Fact::sightings))
        .containsExactly("seen by a", "seen by a, b +1 ms");
  }

  @Test
  void theStartsOfNodesAreNotPutTogether() {
    Seen ready = new Seen(1, 0, EventType.READY, "", Cause.Own.START);
    List<Fact> facts = Facts.of(List.of(history("a", ready), history("b", ready)));
    assertThat(facts.stream().map(EventText::line))
        .containsExactly(
            "2023-11-14T22:13:20.000Z  ready         -  a  the node is ready, instances: 1;"
                + " seen by a",
            "2023-11-14T22:13:20.000Z  ready         -  b  the node is ready, instances: 1;"
                + " seen by b");
  }

  @Test
  void theSilenceOfAServiceIsTheOneOfEachNode() {
    Cause silence = new Cause.Silence(17, 20, NOON);
    List<Fact> facts = Facts.of(List.of(
        history("a", new Seen(1, 0, EventType.SILENT, "a", silence)),
        history("b", new Seen(1, 5, EventType.SILENT, "b", silence))));
    assertThat(facts.stream().map(EventText::line))
        .containsExactly(
            "2023-11-14T22:13:20.000Z  silent        web  a  17 of 20 instances at a are silent since"
                + " 2023-11-14T22:13:20Z: not renewed for half of their ttl; seen by a",
            "2023-11-14T22:13:20.005Z  silent        web  b  17 of 20 instances at b are silent since"
                + " 2023-11-14T22:13:20Z: not renewed for half of their ttl; seen by b");
  }

  // In a sentence.

  @Test
  void anInstanceIsShownAndWasRegisteredByAClient() {
    NodeHistory a = history("a", registered(0, PUT));
    NodeHistory b = history("b", registered(3, new Cause.Gossip("a")));
    assertThat(sentence(yes(a), yes(b)))
        .isEqualTo("web/1 is shown on 2 of 2 nodes, registered 2023-11-14T22:13:20.000Z by"
            + " 10.1.1.7 (ci)");
    assertThat(new Story("web/1", List.of(yes(a), yes(b))).isShownEverywhere()).isTrue();
    assertThat(sentence(yes(a), no(history("c"))))
        .isEqualTo("web/1 is shown on 1 of 2 nodes (a), registered 2023-11-14T22:13:20.000Z by"
            + " 10.1.1.7 (ci); c has never seen it (history since 2023-11-14T22:13:19.000Z)");
    assertThat(sentence(yes(history("a"))))
        .isEqualTo("web/1 is shown on 1 of 1 nodes, registered before the histories begin");
  }

  @Test
  void anInstanceThatHasMovedIsRenewedElsewhere() {
    Seen moved = new Seen(2, 60_000, EventType.MOVED, "b", new Cause.Gossip("b"));
    assertThat(sentence(yes(history("a", registered(0, PUT), moved))))
        .endsWith(" by 10.1.1.7 (ci), renewed at b since 2023-11-14T22:14:20.000Z");
  }

  @Test
  void aNodeThatDoesNotShowAnInstanceSaysWhy() {
    NodeHistory b =
        history("b", registered(0, PUT), new Seen(3, 5, EventType.EXPIRED, "a", Cause.Own.EXPIRY));
    assertThat(sentence(yes(history("a", registered(0, PUT))), no(b)))
        .endsWith("; b does not show it: expired 2023-11-14T22:13:20.005Z, not renewed for 2 s;"
            + " last renewal at a 2023-11-14T22:13:18Z");
  }

  @Test
  void anInstanceThatIsGoneWasRemovedByAClient() {
    NodeHistory a = history("a", registered(0, PUT), deregistered(90_000, DELETE));
    assertThat(sentence(no(a), no(history("b"))))
        .isEqualTo("web/1 is gone since 2023-11-14T22:14:50.000Z: deregistered by a DELETE from"
            + " 10.1.1.9; last renewal 2023-11-14T22:14:48Z");
    assertThat(new Story("web/1", List.of(no(a))).isShownEverywhere()).isFalse();
  }

  @Test
  void anInstanceWithoutEventsWasNeverSeen() {
    assertThat(sentence(no(history("a")), no(history("b"))))
        .isEqualTo("web/1 was never seen by a (history since 2023-11-14T22:13:19.000Z), b (history"
            + " since 2023-11-14T22:13:19.000Z)");
    InstanceView unsure =
        new InstanceView(new InstanceView.No(), history("a"), OptionalLong.empty());
    assertThat(sentence(unsure)).endsWith("by a (history from its event 4 on)");
  }

  @Test
  void anInstanceWhoseEndIsNotInTheHistoriesIsSaidToBe() {
    assertThat(sentence(no(history("a", registered(0, PUT)))))
        .isEqualTo("web/1 is not shown, and the histories do not say since when; the last event is"
            + " of 2023-11-14T22:13:20.000Z: registered by a PUT from 10.1.1.7 (ci)");
  }

  @Test
  void aNodeThatCannotSayIsNamed() {
    InstanceView starting = view(new InstanceView.Unknown("cannot say yet"), history("b"));
    assertThat(sentence(yes(history("a", registered(0, PUT))), starting))
        .contains("shown on 1 of 2 nodes (a)")
        .endsWith("; b cannot say yet");
    assertThat(sentence(starting)).isEqualTo("web/1 may be shown or not; b cannot say yet");
  }

  // Characters.

  @Test
  void noCharacterThatATerminalObeysIsPrinted() throws Malformed {
    String evil = "\u001b[2J\u009b1m\u202e\n";
    JsonWriter out = new JsonWriter(100).ascii("{ \"n\":1,\n\"at\":1,\"type\":").string(evil);
    out.ascii(",\"service\":").string("w/" + evil + " é%").ascii(",\"id\":").string(evil);
    out.ascii(",\"origin\":").string(evil).ascii(",\"why\":").string(evil).raw('}');
    Row row = Row.read(out.toBytes(), new Row.Reporter(evil, "life"));
    Fact fact = new Fact(row, List.of(new Fact.Sighting(evil, 1)));
    for (String line : List.of(
        EventText.line(row),
        EventText.line(fact),
        EventText.json(evil, row),
        EventText.json(fact))) {
      assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }
    assertThat(EventText.line(row)).contains("w%2F%1B[2J%C2%9B1m%E2%80%AE%0A%20é%25/");
    byte[] json = EventText.json(fact).getBytes(StandardCharsets.UTF_8);
    Row back = Row.read(json, new Row.Reporter(evil, "life"));
    assertThat(back.service()).isEqualTo(row.service());
    assertThat(back.why()).isEqualTo(evil);
  }
}
