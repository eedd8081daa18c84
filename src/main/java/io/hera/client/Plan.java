package io.hera.client;

import io.hera.client.Pool.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which instances of a snapshot may be called, until the next change: of the list, of an ejection, or
 * by time. Immutable, but for the counters of its candidates, which pass from plan to plan.
 */
final class Plan {
  /** A time, and the number of changes of ejections until then. */
  record Moment(long nanos, int ejections) {}

  private final Snapshot snapshot;
  private final int ejections;
  private final Map<String, Candidate> candidates;
  private final OptionalLong validUntil;
  private final List<Pool> pools;

  private Plan(Snapshot snapshot, int ejections, List<Member> members, Choice choice) {
    this.snapshot = snapshot;
    this.ejections = ejections;
    this.candidates = new HashMap<>();
    members.forEach(one -> candidates.put(one.instance().id(), one.candidate()));
    this.validUntil = choice.validUntil();
    this.pools = choice.pools();
  }

  /** Returns the plan of a snapshot without a past. */
  static Plan of(Snapshot snapshot, Locality place, Moment now) {
    return make(snapshot, Map.of(), place, now);
  }

  /** Returns the plan of another snapshot, or another moment, with the same counters. */
  Plan next(Snapshot newer, Locality place, Moment now) {
    return make(newer, candidates, place, now);
  }

  private static Plan make(
      Snapshot snapshot, Map<String, Candidate> before, Locality place, Moment now) {
    List<Member> members = snapshot.instances().stream()
        .map(instance -> new Member(instance, candidate(instance, before)))
        .toList();
    return new Plan(snapshot, now.ejections(), members, new Choice(members, place, now.nanos()));
  }

  private static Candidate candidate(Instance instance, Map<String, Candidate> before) {
    return Optional.ofNullable(before.get(instance.id()))
        .filter(known -> known.document.equals(instance.document()))
        .orElseGet(() -> new Candidate(instance));
  }

  /** Returns whether it was made of this snapshot, after so many ejections. */
  @SuppressWarnings("ReferenceEquality") // A new snapshot is another object.
  boolean isOf(Snapshot newest, int ejectionsNow) {
    return snapshot == newest && ejections == ejectionsNow;
  }

  /** Returns whether it ends by time. */
  boolean isTimed() {
    return validUntil.isPresent();
  }

  /** Returns whether an instance may be called again since it was made. */
  boolean isOver(long nowNanos) {
    return validUntil.isPresent() && nowNanos - validUntil.getAsLong() >= 0;
  }

  /** Returns the instances to choose from. */
  Pool best() {
    return pools.get(0);
  }

  /** Returns all sets of instances to choose from; the next one if no instance of one is acceptable. */
  List<Pool> pools() {
    return pools;
  }

  /** The decision which instances may be called: zone, ejections and the panic rule. */
  private static final class Choice {
    private final Locality place;
    private final Set<Candidate> ejected = new HashSet<>();
    private final List<Member> known;
    private final List<Member> near;
    private OptionalLong until = OptionalLong.empty();

    Choice(List<Member> members, Locality place, long nowNanos) {
      this.place = place;
      known =
          members.stream().filter(one -> one.candidate().status != Status.DRAIN).toList();
      near = known.stream().filter(one -> place.isNear(one.candidate().zone)).toList();
      eject(nowNanos);
    }

    /** At most half are ejected: those for the longest time. */
    private void eject(long nowNanos) {
      known.stream()
          .map(Member::candidate)
          .filter(one -> one.health().isEjected(nowNanos))
          .sorted(Comparator.comparingLong(one -> nowNanos - one.health().untilNanos()))
          .limit(known.size() / 2)
          .forEach(one -> {
            ejected.add(one);
            long end = one.health().untilNanos();
            until = until.isEmpty() || end - until.getAsLong() < 0 ? OptionalLong.of(end) : until;
          });
    }

    OptionalLong validUntil() {
      return until;
    }

    List<Pool> pools() {
      return switch (place.preference()) {
        case IGNORE -> pools(List.of(callableOrAll(known), known));
        case STRICT -> pools(List.of(callableOrAll(near), near));
        case PREFER -> {
          List<Member> callable = callable(near);
          List<List<Member>> wide = List.of(callableOrAll(known), known);
          boolean enough = !callable.isEmpty() && 3 * callable.size() >= near.size();
          yield enough ? pools(List.of(callable, wide.get(0), wide.get(1))) : pools(wide);
        }
      };
    }

    private static List<Pool> pools(List<List<Member>> sets) {
      List<Pool> pools = new ArrayList<>();
      sets.forEach(set -> pools.add(new Pool(set)));
      return List.copyOf(pools);
    }

    private List<Member> callable(List<Member> among) {
      return among.stream()
          .filter(one -> one.candidate().status == Status.UP)
          .filter(one -> !one.instance().held() && !ejected.contains(one.candidate()))
          .toList();
    }

    /** The panic rule: if fewer than half can be called, the reasons against the others are doubtful. */
    private List<Member> callableOrAll(List<Member> among) {
      List<Member> callable = callable(among);
      return 2 * callable.size() < among.size() ? among : callable;
    }
  }
}
