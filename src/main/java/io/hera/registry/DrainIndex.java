package io.hera.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The drains in force, by what they select (P18): one look says which of them match an instance. Owned
 * by {@link View}.
 */
final class DrainIndex {
  private static final String REASON = "reason";
  private static final String BY = "by";
  /** A node takes no longer one from an operator; a peer may send any. */
  private static final int TEXT_MAX = 200;

  private static final String COMMAND = "command";
  private static final Pattern COMMANDS = Pattern.compile("[0-9]{1,18}");

  private final ContentHash documents;
  /** Text of the selector → the drain. */
  private final Map<String, Drain> all = new HashMap<>();

  private final Map<Key, Drain> byInstance = new HashMap<>();
  private final Map<String, Drain> byService = new HashMap<>();
  /** Name of a member → value → the drain. */
  private final Map<String, Map<String, Drain>> byMember = new HashMap<>();

  DrainIndex(ContentHash documents) {
    this.documents = documents;
  }

  Collection<Drain> all() {
    return Collections.unmodifiableCollection(all.values());
  }

  int size() {
    return all.size();
  }

  /** Returns the drains that match an instance; none if it has no document. */
  List<Drain> matching(Service service, String id, byte @Nullable [] document) {
    return all.isEmpty() || document == null ? List.of() : found(service, id, document);
  }

  private List<Drain> found(Service service, String id, byte[] document) {
    List<Drain> found = List.of();
    if (!byInstance.isEmpty()) {
      found = with(found, byInstance.get(new Key(service.name, id)));
    }
    found = with(found, byService.get(service.name));
    if (!byMember.isEmpty()) {
      for (Map.Entry<String, String> member :
          documents.members(document, byMember.keySet()).entrySet()) {
        Map<String, Drain> values = byMember.getOrDefault(member.getKey(), Map.of());
        found = with(found, values.get(member.getValue()));
      }
    }
    return found;
  }

  private static List<Drain> with(List<Drain> some, @Nullable Drain drain) {
    if (drain == null) {
      return some;
    }
    List<Drain> more = new ArrayList<>(some);
    more.add(drain);
    return List.copyOf(more);
  }

  /** Returns whether a drain with this selector would match an instance of any service. */
  boolean matches(Selector.OfMember selector, byte[] document) {
    return selector.value().equals(member(document, selector.member()));
  }

  /**
   * Takes up that a key of a drain has other entries.
   *
   * @return the selector of a drain that is new or gone: its instances are to be looked at again
   */
  Optional<Selector> settle(Slot slot) {
    Slot inForce = inForce(slot.service.winner(slot.id));
    Drain known = all.get(slot.id);
    if (inForce == null) {
      Optional.ofNullable(known).ifPresent(this::remove);
      return Optional.ofNullable(known).map(gone -> gone.selector);
    }
    String reason = text(inForce, REASON);
    String by = text(inForce, BY);
    if (known != null) {
      known.slot = inForce;
      known.reason = reason;
      known.by = by;
      return Optional.empty();
    }
    Optional<Selector> selector = Selector.parse(slot.id);
    selector.ifPresent(some -> add(new Drain(some, inForce, reason, by)));
    return selector;
  }

  /** Returns the entry of the last command of an operator, unless it is a removal. */
  private @Nullable Slot inForce(@Nullable Slot winner) {
    Slot last = last(winner);
    return last != null && last.registered() ? last : null;
  }

  /**
   * Returns the entry of the last command of an operator. A copy of an earlier command may have a later
   * version: the node that wrote it did not know the last one.
   */
  private @Nullable Slot last(@Nullable Slot winner) {
    Slot last = winner;
    for (Slot at = winner; at != null; at = at.rival) {
      last = last == null || command(at) > command(last) ? at : last;
    }
    return last;
  }

  /**
   * Returns when the command of an entry was given, on the scale of versions. A copy has a later version
   * than its command, never an earlier one.
   */
  long command(Slot slot) {
    String command = slot.registered() ? member(slot.document, COMMAND) : null;
    return command != null && COMMANDS.matcher(command).matches()
        ? Math.min(slot.version, Long.parseLong(command))
        : slot.version;
  }

  /** Returns the command of the last entry of a selector, whether it is in force or not; 0 if there is none. */
  long lastCommand(@Nullable Slot winner) {
    Slot last = last(winner);
    return last == null ? 0 : command(last);
  }

  /** Returns whether an entry has its command in its document, so that a copy of it has the same. */
  boolean hasCommand(Slot slot) {
    return member(slot.document, COMMAND) != null;
  }

  /** Returns the document with this command; it must have none. */
  static byte[] withCommand(byte[] document, long command) {
    String begin = "{\"" + COMMAND + "\":" + command + (isEmpty(document) ? "" : ",");
    byte[] first = begin.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(first, first.length + document.length - 1);
    System.arraycopy(document, 1, all, first.length, document.length - 1);
    return all;
  }

  private static boolean isEmpty(byte[] document) {
    return new String(document, 1, document.length - 1, StandardCharsets.UTF_8)
        .strip()
        .equals("}");
  }

  private @Nullable String member(byte[] document, String name) {
    return documents.members(document, Set.of(name)).get(name);
  }

  /** Returns a sum over the drains, which is equal on nodes that have the same. */
  ContentVersion content() {
    ContentVersion sum = ContentVersion.NONE;
    for (Drain drain : all.values()) {
      long hash = Checksum.hash(Drains.SERVICE, drain.slot.id, command(drain.slot));
      sum = sum.plus(new ContentVersion(0, hash));
    }
    return sum;
  }

  /** Returns whether there is a drain in force of this text. */
  boolean has(String text) {
    return all.containsKey(text);
  }

  private String text(Slot slot, String member) {
    String text = Objects.requireNonNullElse(member(slot.document, member), "");
    return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
  }

  private void add(Drain drain) {
    all.put(drain.slot.id, drain);
    if (drain.selector instanceof Selector.OfInstance one) {
      byInstance.put(one.key(), drain);
    } else if (drain.selector instanceof Selector.OfService one) {
      byService.put(one.service(), drain);
    } else if (drain.selector instanceof Selector.OfMember some) {
      byMember.computeIfAbsent(some.member(), any -> new HashMap<>()).put(some.value(), drain);
    }
  }

  private void remove(Drain drain) {
    all.remove(drain.slot.id);
    if (drain.selector instanceof Selector.OfInstance one) {
      byInstance.remove(one.key());
    } else if (drain.selector instanceof Selector.OfService one) {
      byService.remove(one.service());
    } else if (drain.selector instanceof Selector.OfMember some) {
      byMember.computeIfPresent(some.member(), (member, values) -> {
        values.remove(some.value());
        return values.isEmpty() ? null : values;
      });
    }
  }
}
