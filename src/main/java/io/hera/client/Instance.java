package io.hera.client;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * An instance of a service, as a node has shown it. The getters read the document each time; of a
 * document that breaks a custom, they say what stands there.
 *
 * @param held whether the newest answer lacks it, and nothing has confirmed yet that it is gone: a
 *     balancer calls it only if most others cannot be called either
 */
public record Instance(String service, String id, Document document, boolean held) {
  /** The largest weight. */
  public static final int WEIGHT_MAX = 65_535;

  /**
   * Returns where it listens, unresolved: by {@code address} ({@code host:port}), by {@code address}
   * and {@code port}, or by {@code host} and {@code port}; empty if none of them is valid.
   */
  public Optional<InetSocketAddress> address() {
    return InstanceAddress.of(document);
  }

  /** Returns the member {@code zone}; empty for none. */
  public String zone() {
    return document.text("zone").orElse("");
  }

  /**
   * Returns the member {@code weight} as an integer in 0..{@value #WEIGHT_MAX}; 1 if there is none, or
   * it is not a number. An instance of weight 0 is called only if all are of weight 0.
   */
  public int weight() {
    double weight = document.number("weight").map(Number::doubleValue).orElse(1.0);
    return weight > 0 ? (int) Math.min(WEIGHT_MAX, Math.ceil(weight)) : 0;
  }

  /** Returns the member {@code status}. */
  public Status status() {
    return Status.of(document);
  }

  /** Returns the same instance, as the newest answer lacks it. */
  Instance asHeld() {
    return held ? this : new Instance(service, id, document, true);
  }
}
