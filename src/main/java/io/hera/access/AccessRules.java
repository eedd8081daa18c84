package io.hera.access;

import io.hera.access.Permission.Ability;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contents of an access file: identities by the hashes of their tokens and by the names in their certificates. Immutable; a changed file makes another object, which is
 * how those that keep a judgement notice that it is outdated.
 *
 * <p>The time of a look-up depends on the hash of the token sent, and not on how much of the token is right: an attacker who measures
 * it would have to find tokens whose hashes begin with given bits.
 */
public final class AccessRules {
  private static final SortedSet<String> NO_NODES =
      Collections.unmodifiableSortedSet(new TreeSet<>());

  private final SortedMap<String, Entry> entries;
  private final Map<TokenHash, Identity> byHash = new HashMap<>();
  private final Map<CertificateName, Identity> byName = new HashMap<>();
  private final Map<CertificateName, SortedSet<String>> nodes;
  private final String checksum;
  private final Caller stranger;

  /**
   * Rules of these entries.
   *
   * @param checksum of the file, by which operators tell whether two nodes have the same rules
   * @throws IllegalArgumentException if two entries share a name, a hash or a name of certificates
   */
  public AccessRules(Collection<Entry> entries, String checksum) {
    this(entries, checksum, Map.of());
  }

  private AccessRules(
      Collection<Entry> entries, String checksum, Map<CertificateName, SortedSet<String>> nodes) {
    SortedMap<String, Entry> named = new TreeMap<>();
    for (Entry entry : entries) {
      if (named.put(entry.identity.name(), entry) != null) {
        throw new IllegalArgumentException(entry.identity.name() + " is there twice");
      }
      for (TokenHash hash : entry.tokens) {
        if (byHash.put(hash, entry.identity) != null) {
          throw new IllegalArgumentException("token " + hash + " is there twice");
        }
      }
      for (CertificateName name : entry.certificates) {
        if (byName.put(name, entry.identity) != null) {
          throw new IllegalArgumentException("certificate " + name + " is there twice");
        }
      }
    }
    this.entries = Collections.unmodifiableSortedMap(named);
    this.nodes = Map.copyOf(nodes);
    this.checksum = checksum;
    Entry anonymous = named.get(Identity.ANONYMOUS);
    this.stranger =
        new Caller(anonymous == null ? Identity.STRANGER : anonymous.identity, new Proof.None());
  }

  /** An identity, the hashes of its tokens, and the names in its certificates. */
  public record Entry(
      Identity identity, List<TokenHash> tokens, List<CertificateName> certificates) {
    public Entry {
      tokens = List.copyOf(tokens);
      certificates = List.copyOf(certificates);
    }
  }

  /**
   * Returns the same rules for a cluster.
   *
   * @param hosts host → its nodes, none for any node of the cluster. Their certificates prove that they are peers
   */
  public AccessRules with(Map<CertificateName, SortedSet<String>> hosts) {
    return new AccessRules(entries.values(), checksum, hosts);
  }

  /** Returns the entries by name. */
  public SortedMap<String, Entry> entries() {
    return entries;
  }

  /** Returns the hashes of all tokens. */
  public Set<TokenHash> tokens() {
    return Collections.unmodifiableSet(byHash.keySet());
  }

  /** Returns the checksum of the file. */
  public String checksum() {
    return checksum;
  }

  /** Returns the sender of a request without a proof. */
  Caller stranger() {
    return stranger;
  }

  /** Returns the identity that has a token of this hash, or null. */
  @Nullable
  Identity find(TokenHash hash) {
    return byHash.get(hash);
  }

  /**
   * Returns the sender that has a certificate with these names: a node of the cluster that has one of them as its host, else the
   * identity that has one. Names of two identities prove neither.
   */
  Optional<Caller> find(List<CertificateName> names) {
    return node(names).or(() -> identity(names));
  }

  private Optional<Caller> node(List<CertificateName> names) {
    SortedSet<String> found = new TreeSet<>();
    names.forEach(name -> found.addAll(nodes.getOrDefault(name, NO_NODES)));
    return names.stream()
        .filter(nodes::containsKey)
        .findFirst()
        .map(host -> new Caller(peer(host, found), new Proof.ByNode(host, found)));
  }

  private static Identity peer(CertificateName host, SortedSet<String> nodes) {
    return new Identity(
        nodes.isEmpty() ? host.name() : String.join(",", nodes),
        List.of(Ability.PEER.name().toLowerCase(Locale.ROOT)),
        Grants.of(List.of(Ability.PEER)));
  }

  private Optional<Caller> identity(List<CertificateName> names) {
    Set<Identity> found = new HashSet<>();
    Optional<Caller> caller = Optional.empty();
    for (CertificateName name : names) {
      Identity identity = byName.get(name);
      if (identity != null && found.add(identity)) {
        caller = Optional.of(new Caller(identity, new Proof.ByCertificate(name)));
      }
    }
    return found.size() == 1 ? caller : Optional.empty();
  }

  /** Returns what differs in {@code next}, one line per identity: {@code added billing}. */
  public List<String> difference(AccessRules next) {
    Stream<String> gone = entries.keySet().stream()
        .filter(name -> !next.entries.containsKey(name))
        .map(name -> "removed " + name);
    Stream<String> other = next.entries.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(entries.get(entry.getKey())))
        .map(entry ->
            (entries.containsKey(entry.getKey()) ? "changed " : "added ") + entry.getKey());
    return Stream.concat(gone, other).toList();
  }
}
