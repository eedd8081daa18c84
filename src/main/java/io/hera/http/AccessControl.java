package io.hera.http;

import io.hera.access.AccessRules;
import io.hera.access.CertificateName;
import io.hera.access.Grants;
import io.hera.access.Identity;
import io.hera.access.ServiceSet;
import io.hera.access.TokenHash;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The rules that limit access to a node, and what became of requests by them. One per node: the node replaces the rules when the access
 * file changes, and every event loop reads them for each request. A node without rules serves everyone.
 */
public final class AccessControl {
  private final AuditLog audit;
  private final Map<TokenHash, Long> usedAtMillis = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> judged = new ConcurrentHashMap<>();
  private final LongAdder reloadsFailed = new LongAdder();
  private final AtomicReference<InForce> inForce =
      new AtomicReference<>(new InForce(null, Map.of()));

  /** Access that is not limited until there are rules. */
  public AccessControl(AuditLog audit) {
    this.audit = audit;
  }

  /** The rules, which know the nodes; null if access is not limited. */
  private record InForce(
      @Nullable AccessRules rules, Map<CertificateName, SortedSet<String>> nodes) {
    InForce with(AccessRules changed) {
      boolean same = rules != null
          && rules.difference(changed).isEmpty()
          && rules.checksum().equals(changed.checksum());
      return same ? this : new InForce(changed.with(nodes), nodes);
    }

    InForce with(Map<CertificateName, SortedSet<String>> changed) {
      return nodes.equals(changed)
          ? this
          : new InForce(rules == null ? null : rules.with(changed), Map.copyOf(changed));
    }
  }

  /**
   * Replaces the rules, and returns what differs, one line per identity. Requests that wait or stream, and could not be sent any more,
   * are ended within a second. Rules with no difference are not replaced.
   */
  public List<String> set(AccessRules changed) {
    AccessRules before = inForce.getAndUpdate(now -> now.with(changed)).rules;
    return before == null ? List.of() : before.difference(changed);
  }

  /** Replaces the nodes that are known by their certificates: host → nodes. Pulls of others that wait are ended. */
  public void setNodes(Map<CertificateName, SortedSet<String>> changed) {
    inForce.updateAndGet(now -> now.with(changed));
  }

  /** Returns the rules in force; null if access is not limited. */
  @Nullable
  AccessRules rules() {
    return Objects.requireNonNull(inForce.get()).rules;
  }

  /** Returns the services that may be read without a proof: all of them, if access is not limited. */
  public ServiceSet strangersReads() {
    AccessRules now = rules();
    if (now == null) {
      return ServiceSet.ALL;
    }
    AccessRules.Entry anonymous = now.entries().get(Identity.ANONYMOUS);
    return (anonymous == null ? Grants.NONE : anonymous.identity().grants()).reads();
  }

  /** Returns where refusals are logged. */
  public AuditLog audit() {
    return audit;
  }

  /** Returns the checksum of the access file in force. */
  public Optional<String> checksum() {
    return Optional.ofNullable(rules()).map(AccessRules::checksum);
  }

  /** Counts that a changed access file was refused. */
  public void reloadFailed() {
    reloadsFailed.increment();
  }

  /** Returns how often a changed access file was refused. */
  public long reloadsFailed() {
    return reloadsFailed.sum();
  }

  /** Returns the counter of requests with this result; to be kept by those that count often. */
  LongAdder judged(String result) {
    return judged.computeIfAbsent(result, any -> new LongAdder());
  }

  /** Returns result → requests that were judged so. */
  public SortedMap<String, Long> judged() {
    SortedMap<String, Long> now = new TreeMap<>();
    judged.forEach((result, count) -> now.put(result, count.sum()));
    return now;
  }

  /** Notes that these tokens have just been used; {@code nowMillis} is monotonic. */
  void used(Collection<TokenHash> tokens, long nowMillis) {
    tokens.forEach(token -> usedAtMillis.put(token, nowMillis));
  }

  /**
   * Returns identity → token → seconds since its last use here, -1 if there was none; an empty map if access is not limited.
   *
   * @param nowMillis monotonic
   */
  public Map<String, Map<String, Long>> lastUses(long nowMillis) {
    Map<String, Map<String, Long>> uses = new TreeMap<>();
    AccessRules now = rules();
    if (now != null) {
      now.entries().forEach((name, entry) -> {
        Map<String, Long> tokens = new TreeMap<>();
        entry.tokens().forEach(token -> tokens.put(token.toString(), age(token, nowMillis)));
        uses.put(name, tokens);
      });
      usedAtMillis.keySet().retainAll(now.tokens());
    }
    return uses;
  }

  private long age(TokenHash token, long nowMillis) {
    Long usedAt = usedAtMillis.get(token);
    return usedAt == null ? -1 : Math.max(0, nowMillis - usedAt) / 1_000;
  }
}
