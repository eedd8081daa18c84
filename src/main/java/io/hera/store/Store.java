package io.hera.store;

import io.hera.registry.Checksum;
import io.hera.registry.Comparison;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Merged;
import io.hera.registry.Outcome;
import io.hera.registry.RegistryLimits;
import io.hera.registry.RegistryStats;
import io.hera.store.page.Listing;
import io.hera.store.page.PublishedListings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All that may be asked of the store of one node, with both types. Several nodes may share a Vert.x: the addresses carry the
 * node's life.
 */
public final class Store {
  /** Writes, done in this order, and how each has ended. Send them by {@link WriteBatcher}. */
  public final Ask<List<Write>, List<Outcome>> write;

  /** One instance, as it is shown. */
  public final Ask<Key, Optional<InstanceView>> find;

  /** The page of a service, or of {@link PublishedListings#ALL_SERVICES}, which readers find in {@link PublishedListings} from then on. */
  public final Ask<String, Listing> page;

  /** The same of a service, with the number of the last change before it. */
  public final Ask<String, Look> show;

  /** The same for one who will not come again: nothing of it is kept. */
  public final Ask<String, Look> look;

  /** What to ask a peer for. */
  public final Ask<Pull, Digest> digest;

  /** What this node has above a digest. */
  public final Ask<Asked, Answered> delta;

  /** Apply what a peer answered. */
  public final Ask<Delta, Merged> merge;

  /** How what a peer says it holds compares with what is held here. Asked when its answer has been merged. */
  public final Ask<Map<String, Checksum>, Comparison> compare;

  /** A peer holds something else of this origin, at the same horizon. */
  public final Ask<String, Done> diverged;

  /** Is who was met to be talked to? The answer says why not. Whoever is back is {@link #heard}. */
  public final Ask<PeerIdentities.Meeting, Optional<String>> meet;

  /** A pull has ended well, with nothing left to ask for. */
  public final Ask<String, Done> pulled;

  /** The node has its own entries back, or has waited long enough for them. */
  public final Ask<String, Done> recovered;

  /** How an exchange with a peer has ended, for {@link #status}. */
  public final Ask<PeerReport, Done> report;

  /** Everything that an operator may want to know of the state. */
  public final Ask<Done, Status> status;

  /** Change members and bounds. */
  public final Ask<Settings, Done> configure;

  /** A peer is back that was started anew or had failed to answer: its name. */
  public final Topic<String> heard;

  /** The node has accepted a write, or several: the first is told at once, those that follow together after 10 to 50 ms. */
  public final Topic<Done> written;

  /** Content has changed. What comes within 20 ms is told together. */
  public final Topic<Changes> changed;

  /**
   * The store of the node that has the given life.
   *
   * @param life unique within the Vert.x
   */
  public Store(Vertx vertx, String life) {
    EventBus bus = vertx.eventBus();
    LocalCodec.register(bus);
    String prefix = "store." + life + ".";
    write = new Ask<>(bus, prefix + "write");
    find = new Ask<>(bus, prefix + "find");
    page = new Ask<>(bus, prefix + "page");
    show = new Ask<>(bus, prefix + "show");
    look = new Ask<>(bus, prefix + "look");
    digest = new Ask<>(bus, prefix + "digest");
    delta = new Ask<>(bus, prefix + "delta");
    merge = new Ask<>(bus, prefix + "merge");
    compare = new Ask<>(bus, prefix + "compare");
    diverged = new Ask<>(bus, prefix + "diverged");
    meet = new Ask<>(bus, prefix + "meet");
    pulled = new Ask<>(bus, prefix + "pulled");
    recovered = new Ask<>(bus, prefix + "recovered");
    report = new Ask<>(bus, prefix + "report");
    status = new Ask<>(bus, prefix + "status");
    configure = new Ask<>(bus, prefix + "configure");
    heard = new Topic<>(bus, prefix + "heard");
    written = new Topic<>(bus, prefix + "written");
    changed = new Topic<>(bus, prefix + "changed");
  }

  /**
   * What a service shows.
   *
   * @param json not to be changed
   * @param change the number of the last change before it was looked at, see {@link Changes}
   */
  public record Look(Buffer json, long change) {}

  /** What a client wants done to one instance. */
  public sealed interface Write permits Put, Renew, Remove {}

  /**
   * Register, or renew with a document: see {@link io.hera.registry.Registry#put}.
   *
   * @param document one JSON object, checked; nobody changes it any more
   * @param ttlMillis chosen by the client, or 0
   */
  public record Put(Key key, byte[] document, long ttlMillis) implements Write {}

  /** Renew without a document; {@code ttlMillis} chosen by the client, or 0. */
  public record Renew(Key key, long ttlMillis) implements Write {}

  /** Deregister. */
  public record Remove(Key key) implements Write {}

  /**
   * A peer asks.
   *
   * @param from the name it gives, empty if it gives none
   * @param checked whether it wants checksums of what it asks for
   * @param waits whether it will wait until news is told, when there is none
   */
  public record Asked(
      Optional<String> from,
      Digest digest,
      Dialect dialect,
      int pageBytesMax,
      boolean checked,
      boolean waits) {}

  /**
   * What a peer is answered.
   *
   * @param livenessMillis how long an instance lives here that names no ttl
   * @param checksums by origin, if it wants them
   */
  public record Answered(Delta delta, long livenessMillis, Map<String, Checksum> checksums) {}

  /** Whether a pull begins, or goes on after a page that was not the last. */
  public enum Pull {
    FIRST,
    NEXT
  }

  /** Nothing more to say. */
  public enum Done {
    DONE
  }

  /** Members of the cluster and bounds. */
  public record Settings(Set<String> members, RegistryLimits bounds) {}

  /**
   * What this node knows of talking to a peer. Times are monotonic milliseconds of the node.
   *
   * @param address host:port
   * @param speaks {@code v1}, {@code v2}, or {@code unknown} before the first answer
   * @param way {@code hanging} while a question of ours waits there for news, else {@code pull}
   * @param succeededAt when an exchange last went well, empty if never
   * @param lastError in words, empty if the last exchange went well
   * @param skewMillis how far its clock is ahead of ours, about
   * @param rounds exchanges begun
   * @param failures of these, failed
   * @param bytes received, as they came over the wire
   * @param quarantined entries dropped for being malformed
   */
  public record PeerReport(
      String name,
      String address,
      String speaks,
      String way,
      OptionalLong succeededAt,
      String lastError,
      OptionalLong skewMillis,
      long rounds,
      long failures,
      long bytes,
      long quarantined) {}

  /**
   * What the store knows.
   *
   * @param monotonicMillis the node's clock, to make ages of times
   * @param peers by name, those that were talked to
   * @param lags by name, by how much a peer was behind when it last asked, in milliseconds by origin that it has anything of
   * @param conflicts by name, see {@link PeerIdentities#conflicts}
   * @param exchangesRefused for a conflict of names
   * @param propagation from a write at another node until it was merged here
   */
  public record Status(
      RegistryStats registry,
      long monotonicMillis,
      Map<String, PeerReport> peers,
      Map<String, Map<String, Long>> lags,
      Map<String, String> conflicts,
      long exchangesRefused,
      Histogram propagation) {}
}
