package io.hera.gossip.serve;

import io.hera.store.DeltaReply;
import io.hera.store.DeltaRequest;
import io.hera.store.DeltaResponse;
import io.hera.store.Store;
import io.hera.store.Written;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Requests of peers, and the ones among them that wait for the next write, without I/O: each method takes an event and returns
 * what to do next. Plain single-threaded Java, one per HTTP verticle, driven by {@link DeltaEndpoint}; the simulation drives it
 * too.
 *
 * <p>No write is missed. The notification of a write is published after the write; a query of the store that it causes therefore
 * sees the write. If it comes while a request is parked, the request gets the answer that the notification brings, or the
 * store is asked again. If it comes while the store is being asked, before or after its reply, then {@link #writes} has changed since, and
 * the store is asked again as well.
 *
 * @param <C> the client to reply to
 */
public final class ParkedPulls<C> {
  private final int parkedMax;
  private final Set<Pull<C>> parked = new LinkedHashSet<>();
  /** Notifications so far. */
  private long writes;

  /** Parks at most {@code parkedMax} requests. */
  public ParkedPulls(int parkedMax) {
    this.parkedMax = parkedMax;
  }

  /** One request. */
  public static final class Pull<C> {
    private final C client;
    private final DeltaRequest request;
    /** The empty response with which it was parked. */
    private Optional<DeltaResponse> parkedWith = Optional.empty();

    private boolean asking;
    private long writesWhenAsked;

    private Pull(C client, DeltaRequest request) {
      this.client = client;
      this.request = request;
    }

    /** Returns the client to reply to. */
    public C client() {
      return client;
    }
  }

  /** Whether a client is still there for a later reply. */
  public enum Client {
    /** It is there. */
    WAITS,
    /** It has disconnected, or the server is about to stop. */
    LEAVES
  }

  /** What the driver is to do. */
  public sealed interface Command<C> {
    /** Returns the request that it concerns. */
    Pull<C> pull();
  }

  /** Ask {@link Store#delta}; then call {@link #replied}, or {@link #failed}. */
  public record Ask<C>(Pull<C> pull, DeltaRequest request) implements Command<C> {}

  /** Call {@link #giveUp} after the time, or when the client disconnects, or when the server is about to stop. */
  public record Park<C>(Pull<C> pull, long millis) implements Command<C> {}

  /** Reply to the client. */
  public record Reply<C>(Pull<C> pull, DeltaReply reply) implements Command<C> {}

  /** Returns how many requests are parked. */
  public int count() {
    return parked.size();
  }

  /** A request has come. */
  public List<Command<C>> arrived(C client, DeltaRequest request) {
    Pull<C> pull = new Pull<>(client, request);
    return List.of(ask(pull, request));
  }

  /** The store has replied. */
  public List<Command<C>> replied(Pull<C> pull, DeltaReply reply, Client client) {
    pull.asking = false;
    if (pull.parkedWith.isPresent()) {
      return repliedAgain(pull, reply);
    }
    boolean full = parked.size() >= parkedMax;
    boolean parks = pull.request.waitMillis() > 0 && client == Client.WAITS && !full;
    return parks && reply instanceof DeltaResponse response && isEmpty(response)
        ? park(pull, response)
        : List.of(new Reply<>(pull, reply));
  }

  /** The store has not replied: the request is answered with a failure by the driver. */
  public void failed(Pull<C> pull) {
    parked.remove(pull);
  }

  /** The store has accepted writes: a parked request gets the answer that came along, or the store is asked for one. */
  public List<Command<C>> wrote(Written written) {
    writes++;
    List<Command<C>> commands = new ArrayList<>();
    for (Pull<C> pull : List.copyOf(parked)) {
      if (!pull.asking) {
        commands.add(wrote(pull, written));
      }
    }
    return commands;
  }

  private Command<C> wrote(Pull<C> pull, Written written) {
    DeltaRequest repeated = pull.request.repeated();
    Optional<DeltaResponse> answer = written.answerTo(repeated);
    if (answer.isEmpty()) {
      return ask(pull, repeated);
    }
    parked.remove(pull);
    return new Reply<>(pull, answer.get());
  }

  /** A parked request waits no longer: it gets the response with which it was parked. */
  public List<Command<C>> giveUp(Pull<C> pull) {
    return parked.remove(pull) && pull.parkedWith.isPresent()
        ? List.of(new Reply<>(pull, pull.parkedWith.get()))
        : List.of();
  }

  private List<Command<C>> repliedAgain(Pull<C> pull, DeltaReply reply) {
    if (!parked.contains(pull)) {
      return List.of();
    }
    if (reply instanceof DeltaResponse response && isEmpty(response)) {
      return askIfWritten(pull);
    }
    parked.remove(pull);
    return List.of(new Reply<>(pull, reply));
  }

  private List<Command<C>> park(Pull<C> pull, DeltaResponse empty) {
    pull.parkedWith = Optional.of(empty);
    parked.add(pull);
    List<Command<C>> commands = new ArrayList<>();
    commands.add(new Park<>(pull, pull.request.waitMillis()));
    commands.addAll(askIfWritten(pull));
    return commands;
  }

  private List<Command<C>> askIfWritten(Pull<C> pull) {
    return writes == pull.writesWhenAsked ? List.of() : List.of(ask(pull, pull.request.repeated()));
  }

  private Command<C> ask(Pull<C> pull, DeltaRequest request) {
    pull.asking = true;
    pull.writesWhenAsked = writes;
    return new Ask<>(pull, request);
  }

  private static boolean isEmpty(DeltaResponse response) {
    return response.delta().origins().isEmpty();
  }
}
