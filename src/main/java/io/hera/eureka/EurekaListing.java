package io.hera.eureka;

import io.hera.json.JsonWriter;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A list of instances as it is written, piece by piece. Services that are one application come one after the other. Used by one thread
 * at a time.
 */
public final class EurekaListing {
  private final EurekaForm form;
  private final Extent extent;
  private final Predicate<EurekaInstance> wanted;
  private final Map<EurekaStatus, Integer> byStatus = new EnumMap<>(EurekaStatus.class);
  private final Map<EurekaMapping.Reason, Integer> leftOut =
      new EnumMap<>(EurekaMapping.Reason.class);
  private JsonWriter out = new JsonWriter(1 << 10);
  private Optional<String> app = Optional.empty();
  /** The ids in the application: clients have each once. */
  private final Set<String> ids = new HashSet<>();

  private int apps;
  private int instances;

  /** What a reply has. */
  public enum Extent {
    /** All applications that are wanted. */
    APPLICATIONS,
    /** One application. */
    APPLICATION,
    /** One instance. */
    INSTANCE
  }

  /** A list of the instances that are wanted. */
  public EurekaListing(EurekaForm form, Extent extent, Predicate<EurekaInstance> wanted) {
    this.form = form;
    this.extent = extent;
    this.wanted = wanted;
    switch (extent) {
      case APPLICATIONS -> form.begin(out);
      case APPLICATION -> form.open(out, "application");
      case INSTANCE -> form.open(out, EurekaNames.INSTANCE);
    }
  }

  /**
   * Adds an instance, if it is wanted and clients could use it.
   *
   * @param drained whether the node hides it from its own clients; clients of Eureka see that it is out of service
   */
  public void add(String service, String id, byte[] document, Optional<String> drained) {
    Optional<EurekaInstance> instance = EurekaMapping.ofDocument(service, id, document);
    if (instance.isEmpty()) {
      EurekaMapping.lack(document).ifPresent(lack -> leftOut.merge(lack, 1, Integer::sum));
    } else if (wanted.test(instance.get())) {
      write(
          drained.isPresent()
              ? instance.get().shownAs(EurekaStatus.OUT_OF_SERVICE)
              : instance.get());
    }
  }

  private void write(EurekaInstance instance) {
    if (extent == Extent.INSTANCE) {
      if (instances == 0) {
        form.instance(out, instance);
        instances++;
      }
      return;
    }
    if (app.filter(instance.app()::equals).isEmpty()) {
      endApp();
      out.ascii(apps++ == 0 ? "" : form.separator());
      form.beginApp(out, instance.app());
      app = Optional.of(instance.app());
      ids.clear();
    } else if (ids.contains(instance.id())) {
      leftOut.merge(EurekaMapping.Reason.AMBIGUOUS, 1, Integer::sum);
      return;
    } else {
      out.ascii(form.separator());
    }
    form.instance(out, instance);
    ids.add(instance.id());
    instances++;
    byStatus.merge(instance.status(), 1, Integer::sum);
  }

  private void endApp() {
    if (app.isPresent()) {
      form.endApp(out);
    }
  }

  /** Returns how many bytes were written since the last call of {@link #take}. */
  public int size() {
    return out.size();
  }

  /** Returns the bytes that were written since the last call. */
  public byte[] take() {
    byte[] taken = out.toBytes();
    out = new JsonWriter(0);
    return taken;
  }

  /** Writes the end; nothing may be added after that. */
  public void end() {
    endApp();
    if (extent == Extent.APPLICATIONS) {
      form.end(out, hash());
    } else {
      form.close(out);
    }
  }

  /** Returns by what clients see whether they have as many instances of each status. */
  private String hash() {
    StringBuilder hash = new StringBuilder();
    byStatus.forEach((status, count) -> hash.append(status.name() + "_" + count + "_"));
    return hash.toString();
  }

  /** Returns how many instances it has. */
  public int instances() {
    return instances;
  }

  /** Returns how many instances are left out, and why. */
  public Map<EurekaMapping.Reason, Integer> leftOut() {
    return Map.copyOf(leftOut);
  }
}
