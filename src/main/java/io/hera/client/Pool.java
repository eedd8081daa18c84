package io.hera.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** The instances among which a balancer chooses. Immutable, but for the counters of its candidates. */
final class Pool {
  private static final int DRAWS_MAX = 4;

  /** An instance of the newest snapshot, and its counters. */
  record Member(Instance instance, Candidate candidate) {}

  static final Pool EMPTY = new Pool(List.of());

  private final Member[] members;

  /** The sums of the weights up to each member; empty if all weights are equal. */
  private final int[] sums;

  Pool(List<Member> list) {
    members = list.toArray(Member[]::new);
    sums = sums(members);
  }

  private static int[] sums(Member[] members) {
    int[] sums = new int[members.length];
    int sum = 0;
    boolean equal = true;
    for (int i = 0; i < members.length; i++) {
      int weight = members[i].candidate().weight;
      equal &= weight == members[0].candidate().weight;
      sum = (int) Math.min(Integer.MAX_VALUE, (long) sum + weight);
      sums[i] = sum;
    }
    return equal ? new int[0] : sums;
  }

  /** Returns one of two that are drawn by their weights: that with fewer calls in flight per weight. */
  Optional<Member> choose(long bits) {
    if (members.length < 2) {
      return members.length == 0 ? Optional.empty() : Optional.of(members[0]);
    }
    int first = draw(bits >>> 32);
    int second = sums.length > 0 ? draw(bits & 0xffffffffL) : otherThan(first, bits & 0xffffffffL);
    return Optional.of(lighter(members[first], members[second]));
  }

  /** Returns an index drawn by 32 random bits. */
  private int draw(long bits) {
    if (sums.length == 0) {
      return (int) ((bits * members.length) >>> 32);
    }
    int point = (int) ((bits * sums[sums.length - 1]) >>> 32);
    int from = 0;
    int to = sums.length - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sums[middle] > point) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  private int otherThan(int first, long bits) {
    int step = 1 + (int) ((bits * (members.length - 1)) >>> 32);
    return (first + step) % members.length;
  }

  private static Member lighter(Member one, Member other) {
    Candidate first = one.candidate();
    Candidate second = other.candidate();
    long load = (long) first.inFlight.get() * Math.max(1, second.weight);
    return load <= (long) second.inFlight.get() * Math.max(1, first.weight) ? one : other;
  }

  /** Returns one whose id is not among these. */
  Optional<Member> chooseNot(Set<String> ids, LongSupplier bits) {
    for (int i = 0; i < DRAWS_MAX; i++) {
      Optional<Member> drawn = choose(bits.getAsLong());
      if (drawn.isEmpty() || !ids.contains(drawn.get().instance().id())) {
        return drawn;
      }
    }
    int start = draw(bits.getAsLong() >>> 32);
    for (int i = 0; i < members.length; i++) {
      Member member = members[(start + i) % members.length];
      if (!ids.contains(member.instance().id())) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }

  /** Returns the one with the highest score for a key: weighted rendezvous hashing. */
  Optional<Member> chooseFor(String key) {
    long hash = Candidate.hash(key);
    Optional<Member> best = Optional.empty();
    double highest = Double.NEGATIVE_INFINITY;
    for (Member member : members) {
      double score =
          score(Candidate.mixed(member.candidate().hash ^ hash), member.candidate().weight);
      if (score > highest) {
        highest = score;
        best = Optional.of(member);
      }
    }
    return best;
  }

  /** Returns a score that is the highest of all with a probability in proportion to the weight. */
  private double score(long bits, int weight) {
    double uniform = ((bits >>> 11) + 0.5) * 0x1p-53;
    return sums.length == 0 ? uniform : weight / -Math.log(uniform);
  }
}
