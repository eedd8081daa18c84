package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.ReplyHeaders;
import io.hera.http.RequestCounters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.ServiceWalk;
import io.hera.http.ServiceWalk.Freshness;
import io.hera.http.ServiceWalk.Shape;
import io.hera.http.SharedWalk;
import io.hera.json.JsonWriter;
import io.hera.json.ObjectCursor;
import io.hera.registry.View;
import io.hera.store.InstanceDocument;
import io.hera.store.Store;
import io.hera.wire.Address;
import io.hera.wire.ProblemException;
import io.hera.wire.TargetAddress;
import io.hera.wire.TargetAddress.Lack;
import io.vertx.core.Context;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code GET /_sd/prometheus}: the instances as targets, in the format of Prometheus' HTTP service discovery, always the whole list.
 * A document says where its instance listens as {@link TargetAddress} reads it; its other members become labels. Instances that
 * do not say so are left out and counted. One per HTTP verticle.
 */
public final class PrometheusTargets implements Endpoint {
  /** Begins the label of a member. */
  private static final String LABEL = "__meta_hera_";
  /** Begins a label that no member can give. */
  private static final String OWN = "__hera_";

  /** What the counters of instances that are left out call this list. */
  static final String WAY = "prometheus";

  private static final String SERVICE = "service";
  private static final String ID = "id";
  private static final String DRAINED = "drained";
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z0-9_]*");

  private final ServiceWalk walk;
  private final RequestCounters counters;

  public PrometheusTargets(Context context, Store store, RequestCounters counters) {
    Shape shape = new Shape(ReplyHeaders.JSON, "[", ",", "]", this::targets, View.Extent.ALL);
    this.walk = new ServiceWalk(context, store, shape, Freshness.CONTENT);
    this.counters = counters;
  }

  @Override
  public Route route() {
    return Route.read("/_sd/prometheus", Parameters.of(Query.SERVICE), Right.READ_NAMED);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    Optional<String> service = exchange.query().service();
    if (service.isPresent()) {
      walk.reply(exchange, List.of(service.get()));
    } else {
      walk.reply(exchange);
    }
  }

  private Runnable targets(List<SharedWalk.Part> parts, JsonWriter out) {
    Targets targets = new Targets(out);
    for (SharedWalk.Part part : parts) {
      part.instances().forEach(instance -> targets.add(part.service(), instance));
    }
    return targets::count;
  }

  /** Some targets, and counts of the instances and labels that are left out, which each reply adds. */
  private final class Targets {
    private final JsonWriter out;
    private String separator = "";
    private final Map<Lack, Integer> untargeted = new EnumMap<>(Lack.class);
    private int unlabelled;

    Targets(JsonWriter out) {
      this.out = out;
    }

    void count() {
      counters.leftOut().count(WAY, untargeted);
      counters.unlabelled(unlabelled);
    }

    void add(String service, InstanceDocument instance) {
      Optional<TargetAddress> address = TargetAddress.of(instance.document());
      if (address.isEmpty()) {
        untargeted.merge(TargetAddress.lack(instance.document()), 1, Integer::sum);
        return;
      }
      SortedMap<String, String> members = ObjectCursor.texts(instance.document());
      members.keySet().removeAll(address.get().members());
      out.ascii(separator);
      group(out, address.get().address(), labels(service, instance, members));
      separator = ",";
    }

    /**
     * Returns the labels of a target. Two members may have names that differ only in characters that labels cannot have: the one
     * that needs no other name gives the label, else the first. A member called service or id takes the place of the node's label of
     * version 1.0, but not of that with the prefix {@link #OWN}. A drained instance stays a target (P18).
     */
    private Map<String, String> labels(
        String service, InstanceDocument instance, SortedMap<String, String> members) {
      Map<String, String> labels = new TreeMap<>();
      members.forEach((name, value) -> {
        if (LABEL_NAME.matcher(name).matches()) {
          labels.put(LABEL + name, value);
        }
      });
      members.forEach((name, value) -> {
        if (!LABEL_NAME.matcher(name).matches()) {
          label(labels, name.replaceAll("[^a-zA-Z0-9_]", "_"), value);
        }
      });
      label(labels, SERVICE, service);
      label(labels, ID, instance.id());
      labels.put(OWN + SERVICE, service);
      labels.put(OWN + ID, instance.id());
      instance.drained().ifPresent(reason -> {
        String value = reason.isBlank() ? "true" : reason;
        label(labels, DRAINED, value);
        labels.put(OWN + DRAINED, value);
      });
      return labels;
    }

    private void label(Map<String, String> labels, String name, String value) {
      if (labels.putIfAbsent(LABEL + name, value) != null) {
        unlabelled++;
      }
    }
  }

  private static void group(JsonWriter out, Address target, Map<String, String> labels) {
    out.ascii("{\"targets\":[").string(target.toString()).ascii("],\"labels\":");
    out.texts(labels).raw('}');
  }
}
