package io.hera.store;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The peers whose shared settings differ from those of this node, and for how long (P17). A
 * difference is reported when it has lasted for {@value #LASTING_MILLIS} ms: while a change is
 * rolled out, settings differ for a while. Owned by {@link PeerTurns}; times are monotonic.
 */
final class SettingsDifferences {
  static final long LASTING_MILLIS = 300_000;

  private final Map<String, Long> since = new TreeMap<>();
  private final Set<String> reported = new HashSet<>();

  /**
   * A peer has told the hash of its settings, which is empty from version 1.0.
   *
   * @return whether the difference is to be reported: it has lasted, and was not reported before
   */
  boolean told(String peer, String theirs, String ours, long nowMillis) {
    if (theirs.isEmpty() || theirs.equals(ours)) {
      since.remove(peer);
      reported.remove(peer);
      return false;
    }
    long first = since.computeIfAbsent(peer, any -> nowMillis);
    return nowMillis - first > LASTING_MILLIS && reported.add(peer);
  }

  /** Returns peer → milliseconds, of those differences that have lasted. */
  Map<String, Long> lasting(long nowMillis) {
    Map<String, Long> lasting = new TreeMap<>();
    since.forEach((peer, first) -> {
      if (nowMillis - first > LASTING_MILLIS) {
        lasting.put(peer, nowMillis - first);
      }
    });
    return lasting;
  }

  /** Forgets the peers that are not members. */
  void retain(Set<String> members) {
    since.keySet().retainAll(members);
    reported.retainAll(members);
  }
}
