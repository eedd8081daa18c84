package io.hera.registry;

import java.util.Arrays;

/**
 * An entry that says that an instance is here.
 *
 * @param key the instance
 * @param document the client's own bytes, one JSON object; not to be modified
 * @param version the origin's version, close to unix milliseconds
 * @param ageMillis time since the origin accepted it, ≥ 0
 * @param ttlMillis time that it lives from its acceptance, &gt; 0
 * @param restored whether it comes from a snapshot, and nothing has confirmed it since (P14)
 */
public record Registration(
    Key key, byte[] document, long version, long ageMillis, long ttlMillis, boolean restored)
    implements Entry {
  /** An entry that its client has written or renewed. */
  public Registration(Key key, byte[] document, long version, long ageMillis, long ttlMillis) {
    this(key, document, version, ageMillis, ttlMillis, false);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Registration that
        && key.equals(that.key)
        && Arrays.equals(document, that.document)
        && version == that.version
        && ageMillis == that.ageMillis
        && ttlMillis == that.ttlMillis
        && restored == that.restored;
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return "Registration[%s/%s v=%s age=%s ttl=%s %s bytes%s]"
        .formatted(
            key.service(),
            key.id(),
            version,
            ageMillis,
            ttlMillis,
            document.length,
            restored ? " restored" : "");
  }
}
