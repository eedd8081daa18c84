package io.hera.client;

import io.hera.client.Outcome.Answered;
import io.hera.json.JsonFields;
import io.hera.json.Malformed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seeks the host of this process again, for the registrations that have it from a search, and puts it
 * into their documents when it has changed. Ids stay as they are. Owned by the loop.
 *
 * <p>The network may have changed when a node does not answer, when one answers again, and when this
 * machine has lost the address. While no host is found, the last one stays.
 *
 * <p>Of each host that the routes to the nodes gave, a node is asked once at which address it sees this
 * process. If that is one of another machine, addresses are translated, and a warning says so: the
 * address that a node sees may be one that others cannot reach, so it is never registered.
 */
final class Relocation implements Contacts.Follower {
  private static final Logger LOG = System.getLogger("io.hera.client");
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final double JITTER = 0.5;
  private static final Request WHO_AM_I = Request.get("/_whoami", Duration.ofSeconds(2));

  private final Calls calls;
  private final Nodes nodes;
  private final Backoff backoff;
  private final OwnHost own;
  private final Map<OwnRegistration, String> hosts = new LinkedHashMap<>();
  private Optional<String> compared = Optional.empty();
  private boolean looking;
  private boolean searching;
  private boolean outdated;

  Relocation(Calls calls, Nodes nodes, Backoff backoff, OwnHost own) {
    this.calls = calls;
    this.nodes = nodes;
    this.backoff = backoff;
    this.own = own;
  }

  /** A registration has got this host by a search. */
  void follow(OwnRegistration registration, String host) {
    hosts.put(registration, host);
    compareSoon();
    lookLater();
  }

  void forget(OwnRegistration registration) {
    hosts.remove(registration);
  }

  @Override
  public void wentAside(Node node) {
    search();
  }

  @Override
  public void answers(Node node) {
    search();
    compare(node);
  }

  /** One timer at most, and none while there is nothing to look at. */
  private void lookLater() {
    if (!looking && !hosts.isEmpty()) {
      looking = true;
      calls.loop.after(backoff.around(PERIOD, JITTER), this::look);
    }
  }

  private void look() {
    looking = false;
    if (hosts.values().stream().anyMatch(own::isGone)) {
      search();
    }
    lookLater();
  }

  /** Searches once at a time; once more if the network may have changed meanwhile. */
  private void search() {
    outdated = searching;
    if (searching || hosts.isEmpty()) {
      return;
    }
    searching = true;
    After.of(own.find(nodes.all()), (found, failure) -> calls.loop.execute(() -> take(found)));
  }

  private void take(@Nullable Advertised found) {
    searching = false;
    if (found instanceof Advertised.Known known) {
      Map.copyOf(hosts).forEach((registration, before) -> {
        if (!before.equals(known.host())) {
          move(registration, known.host(), before);
        }
      });
    }
    if (outdated) {
      search();
    }
  }

  private void move(OwnRegistration registration, String host, String before) {
    LOG.log(
        Level.INFO, "{0}: this process is at {1}, no longer at {2}", registration, host, before);
    hosts.put(registration, host);
    registration.movedTo(host, before);
    compareSoon();
  }

  private void compareSoon() {
    nodes.usable(calls.loop.nanos()).ifPresent(this::compare);
  }

  private void compare(Node node) {
    Optional<String> host = hosts.values().stream().findFirst();
    boolean answers = node.kind() == Node.Kind.HERA && node.health().failures() == 0;
    if (own.isGuess() && answers && host.isPresent() && !host.equals(compared)) {
      compared = host;
      calls.ask(node, WHO_AM_I, outcome -> {
        if (outcome instanceof Answered answered) {
          seen(answered.answer())
              .flatMap(seen -> own.doubt(host.get(), seen))
              .ifPresent(doubt -> LOG.log(Level.WARNING, doubt));
        } else {
          compared = Optional.empty();
        }
      });
    }
  }

  private static Optional<String> seen(Answer answer) {
    try {
      return Optional.of(JsonFields.parse(answer.body()).text("address"));
    } catch (Malformed notAnObject) {
      return Optional.empty();
    }
  }
}
