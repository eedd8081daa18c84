package io.hera.registry;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The services with silent instances: an early warning, half a ttl before anything expires. Nothing
 * follows from silence for an entry. Owned by {@link Registry}.
 *
 * <p><i>Silent</i> is an own registration that has lived for half of its ttl without a renewal. It
 * counts while the view shows it: a client that has moved to another node is not silent. Only the
 * node that accepted a registration judges it, since that one hears the client. A registration that
 * is older than this process, adopted (P7) or restored (P14), had no one to hear it before: it is
 * silent when half of the rest has passed that its ttl had at the start. Pauses do not count, as they
 * do not count for deadlines (P11).
 *
 * <p><i>Cost.</i> The deadline wheel returns such a registration once more, in the middle of its
 * life. A renewal does not touch the wheel, so it costs what it did. The first one of a silent
 * instance takes back the mark.
 */
final class Silences {
  static final int LISTED_MAX = 20;

  /** Services that are looked at and put in order in less than a millisecond. */
  private static final int SORTED_MAX = 2_000;

  private static final int MOST_MIN = 3;
  private static final int BEGINS_AT = 2;
  private static final int ENDS_BELOW = 4;

  private static final Comparator<Silence> WORST_FIRST = Comparator.comparing(Silence::extent)
      .thenComparing(Silence::silent)
      .reversed()
      .thenComparing(Silence::service, Key.BYTE_ORDER);

  private final Replica own;
  private final LongSupplier nowMillis;
  private final ViewListener listener;
  /** Of which most are silent, the first one first. */
  private final Set<Service> most = new LinkedHashSet<>();
  /** Other services with silent instances. */
  private final Set<Service> some = new LinkedHashSet<>();

  private int instances;

  /**
   * Counts for the registry of this origin.
   *
   * @param nowMillis the agreed unix time of the turn
   * @param listener is notified when most of a service become silent, and when they are not any more
   */
  Silences(Replica own, LongSupplier nowMillis, ViewListener listener) {
    this.own = own;
    this.nowMillis = nowMillis;
    this.listener = listener;
  }

  /** Whether the slot is of this node. */
  boolean isOwn(Slot slot) {
    return slot.replica == own;
  }

  /** Returns the boot time at which a slot changes by itself: it becomes silent, or its deadline has passed. */
  long nextMillis(Slot slot) {
    boolean speaks = isOwn(slot) && slot.registered() && !slot.silent;
    return slot.replica.dueMillis(speaks ? silentMillis(slot) : slot.deadlineMillis);
  }

  /** The time scale of the own replica begins when this process can hear clients. */
  private static long silentMillis(Slot slot) {
    long heardMillis = Math.max(0, slot.deadlineMillis - slot.ttlMillis);
    return heardMillis + (slot.deadlineMillis - heardMillis) / 2;
  }

  /** Counts that other own registrations of a service are shown, and that other ones of them are silent. */
  void count(Service service, int shown, int silent) {
    service.countOwn(shown, silent);
    instances += silent;
    boolean before = most.contains(service);
    boolean now = before ? !ends(service) : begins(service);
    if (now && !before) {
      service.silentSince(Math.max(1, nowMillis.getAsLong()));
      most.add(service);
      listener.silence(silence(service, Silence.Extent.MOST));
    } else if (before && !now) {
      most.remove(service);
      listener.silence(silence(service, Silence.Extent.SOME));
      service.silentSince(0);
    }
    if (!now && service.ownSilent() > 0) {
      some.add(service);
    } else {
      some.remove(service);
    }
  }

  private static boolean begins(Service service) {
    return service.ownSilent() >= MOST_MIN && BEGINS_AT * service.ownSilent() >= service.ownShown();
  }

  private static boolean ends(Service service) {
    return service.ownSilent() == 0 || ENDS_BELOW * service.ownSilent() < service.ownShown();
  }

  private static Silence silence(Service service, Silence.Extent extent) {
    return new Silence(
        service.name, extent, service.ownSilent(), service.ownShown(), service.silentSince());
  }

  /** Returns the counts, and the worst of the services that have been silent for longest. */
  SilentStats stats() {
    List<Silence> worst = Stream.concat(
            most.stream().map(service -> silence(service, Silence.Extent.MOST)),
            some.stream().map(service -> silence(service, Silence.Extent.SOME)))
        .limit(SORTED_MAX)
        .sorted(WORST_FIRST)
        .limit(LISTED_MAX)
        .toList();
    return new SilentStats(instances, most.size(), worst, most.size() + some.size() - worst.size());
  }
}
