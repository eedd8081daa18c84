package io.hera.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides which instances are shown, and notifies of changes: an instance is shown
 * if it is registered and no drain in force matches it (P18). Owned by {@link View}.
 *
 * <p>A registration is matched when it changes. When a drain comes or goes, the instances that it selects
 * are looked at again, a bounded number per turn.
 */
final class Showing {
  /** What it costs to hide an instance or to show it again, as looks: it is a change, which many take up. */
  private static final int CHANGE_LOOKS = 8;

  private final Map<String, Service> services;
  private final ViewCounts counts;
  private final ShownMarks marks;
  private final DrainIndex drains;
  private final ContentHash hash;
  private final ViewListener listener;
  private final LongSupplier bootMillis;
  private final SlotWalk walk = new SlotWalk();

  Showing(
      Map<String, Service> services,
      ViewCounts counts,
      ShownMarks marks,
      DrainIndex drains,
      ContentHash hash,
      ViewListener listener,
      LongSupplier bootMillis) {
    this.services = services;
    this.counts = counts;
    this.marks = marks;
    this.drains = drains;
    this.hash = hash;
    this.listener = listener;
    this.bootMillis = bootMillis;
  }

  /**
   * Brings counts and content sums up to date, and notifies the listener if the document changed.
   */
  void settle(Slot slot, KeyState before) {
    Service service = slot.service;
    if (service.ofDrains) {
      drains.settle(slot).ifPresent(this::lookAgain);
      listener.walks();
      return;
    }
    ContentVersion counted = before.winner() == null ? null : before.winner().content;
    if (before.winner() != null) {
      before.winner().content = null;
      before.winner().drainedBy = List.of();
    }
    Slot winner = service.winner(slot.id);
    byte[] after = service.document(slot.id);
    boolean same = Arrays.equals(before.document(), after);
    ContentVersion now = same ? counted : contentOf(slot, before.document(), counted, after);
    List<Drain> drainedBy = same ? before.drainedBy() : drains.matching(service, slot.id, after);
    if (winner != null) {
      winner.content = now;
      winner.drainedBy = drainedBy;
    }
    if (!same) {
      counts.count(service, (after == null ? 0 : 1) - (before.document() == null ? 0 : 1));
      Change change = change(slot, before, new Change.Contents(counted, now));
      if (before.drainedBy().isEmpty() && drainedBy.isEmpty()) {
        counts.exchange(service, counted, now);
        listener.changed(change);
      } else {
        listener.hidden(change);
        show(service, change, before.drainedBy(), drainedBy, counted, now);
      }
    } else if (after != null && slot == winner && before.hasMovedTo(slot) && drainedBy.isEmpty()) {
      listener.moved(change(slot, before, new Change.Contents(now, now)));
    }
    marks.changed(service, before.marks(), marks.of(winner));
  }

  /** Takes up that other drains match an instance, whose registration may have changed too (P18). */
  private void show(
      Service service,
      Change change,
      List<Drain> drainedBefore,
      List<Drain> drainedNow,
      @Nullable ContentVersion before,
      @Nullable ContentVersion now) {
    drainedBefore.forEach(drain -> drain.instances--);
    drainedNow.forEach(drain -> drain.instances++);
    boolean hid = !drainedBefore.isEmpty();
    boolean hides = !drainedNow.isEmpty();
    if (hid != hides) {
      counts.countDrained(service, hides ? 1 : -1);
      listener.drained(service.name);
    }
    if (!(hid && hides)) {
      ContentVersion less = hid ? null : before;
      ContentVersion more = hides ? null : now;
      counts.exchange(service, less, more);
      byte[] shownBefore = hid ? null : change.before();
      byte[] shownAfter = hides ? null : change.after();
      if (shownBefore != null || shownAfter != null) {
        Change.Kind kind = shownBefore == null
            ? Change.Kind.REGISTERED
            : hides ? Change.Kind.DRAINED : change.kind();
        listener.changed(new Change(
            change.key(),
            shownBefore,
            shownAfter,
            kind,
            change.origin(),
            new Change.Contents(less, more),
            change.times()));
      }
    }
  }

  /** A drain has come or gone: the instances that it selects are looked at, at once if it is one. */
  private void lookAgain(Selector selector) {
    if (selector instanceof Selector.OfInstance one) {
      look(one.key());
    } else if (selector instanceof Selector.OfService one) {
      walk.add(one.service());
    } else {
      walk.addAll();
    }
  }

  /** Looks at a bounded number of instances for drains; returns whether more are to be looked at. */
  boolean walk(int looksMax) {
    for (int left = looksMax; left > 0 && walk.isPending(); left--) {
      Slot slot = walk.step(services);
      if (slot != null && lookAt(slot)) {
        left -= CHANGE_LOOKS - 1;
      }
    }
    return walk.isPending();
  }

  /** Whether instances are to be looked at for drains. */
  boolean walking() {
    return walk.isPending();
  }

  private boolean lookAt(Slot slot) {
    return slot.content != null ? look(slot) : look(new Key(walk.current(), slot.id));
  }

  private boolean look(Key key) {
    Service service = services.get(key.service());
    Slot winner = service == null ? null : service.winner(key.id());
    return winner != null && winner.content != null && look(winner);
  }

  /** Looks at a registration that wins: no other slot has a content. Returns whether other drains match it now. */
  private boolean look(Slot winner) {
    List<Drain> before = winner.drainedBy;
    List<Drain> now = drains.matching(winner.service, winner.id, winner.document);
    if (now.equals(before)) {
      return false;
    }
    int marked = marks.of(winner);
    winner.drainedBy = now;
    marks.changed(winner.service, marked, marks.of(winner));
    byte[] same = winner.document;
    Key key = new Key(winner.service.name, winner.id);
    EntryTimes times = new EntryTimes(
        winner.version, winner.ttlMillis, bootMillis.getAsLong() - winner.acceptedMillis());
    Change change = new Change(
        key,
        same,
        same,
        Change.Kind.UPDATED,
        winner.replica.origin,
        new Change.Contents(winner.content, winner.content),
        times);
    show(winner.service, change, before, now, winner.content, winner.content);
    return true;
  }

  /** Returns the content of a document; it is {@code known} if that of the document before is the same. */
  private @Nullable ContentVersion contentOf(
      Slot slot,
      byte @Nullable [] before,
      @Nullable ContentVersion known,
      byte @Nullable [] after) {
    if (after == null) {
      return null;
    }
    boolean same = before != null && known != null && hash.isSame(before, after);
    return same ? known : hash.of(slot.service.name, slot.id, after);
  }

  private Change change(Slot slot, KeyState before, Change.Contents contents) {
    byte[] after = slot.service.document(slot.id);
    return before.change(slot, after, contents, bootMillis.getAsLong());
  }
}
