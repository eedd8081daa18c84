package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.RequestCounters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.ServiceWalk;
import io.hera.json.JsonWriter;
import io.hera.json.ObjectCursor;
import io.hera.store.InstanceDocument;
import io.hera.store.Store;
import io.hera.wire.Address;
import io.hera.wire.InstanceAddress;
import io.hera.wire.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code GET /_sd/prometheus}: the instances as targets, in the format of Prometheus' HTTP service discovery, always the whole list.
 * A document says where its instance listens as {@link InstanceAddress} reads it; its other members become labels. Instances that
 * do not say so are left out and counted. One per HTTP verticle.
 */
public final class PrometheusTargets implements Endpoint {
  /** Begins the label of a member. */
  private static final String LABEL = "__meta_hera_";
  /** Begins a label that no member can give. */
  private static final String OWN = "__hera_";

  private static final String SERVICE = "service";
  private static final String ID = "id";
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z0-9_]*");

  private final Vertx vertx;
  private final ServiceWalk walk;
  private final RequestCounters counters;

  public PrometheusTargets(Context context, Store store, RequestCounters counters) {
    this.vertx = context.owner();
    this.walk = new ServiceWalk(context, store);
    this.counters = counters;
  }

  @Override
  public Route route() {
    return Route.read("/_sd/prometheus", Parameters.of(Query.SERVICE), Right.NONE);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    Optional<String> service = exchange.query().service();
    Future<List<String>> services =
        service.map(one -> Future.succeededFuture(List.of(one))).orElseGet(walk::services);
    services
        .onSuccess(names -> {
          exchange.beginJson();
          walk.reply(exchange, new Targets(), names);
        })
        .onFailure(exchange::fail);
  }

  /** A list of targets, made by a worker: to read the documents takes some microseconds each. */
  private final class Targets implements ServiceWalk.Form {
    /** Used by one worker after the other. */
    private boolean begun;

    @Override
    public Buffer start() {
      return Buffer.buffer("[");
    }

    @Override
    public Future<Buffer> text(List<ServiceWalk.Part> parts) {
      return vertx.executeBlocking(() -> targets(parts), false);
    }

    @Override
    public Buffer end() {
      return Buffer.buffer("]");
    }

    private Buffer targets(List<ServiceWalk.Part> parts) {
      JsonWriter out = new JsonWriter(64 << 10);
      for (ServiceWalk.Part part : parts) {
        part.instances().forEach(instance -> add(out, part.service(), instance));
      }
      return Buffer.buffer(out.toBytes());
    }

    private void add(JsonWriter out, String service, InstanceDocument instance) {
      Optional<InstanceAddress> address = InstanceAddress.of(instance.document());
      if (address.isEmpty()) {
        counters.untargeted();
        return;
      }
      SortedMap<String, String> members = ObjectCursor.texts(instance.document());
      members.keySet().removeAll(address.get().members());
      out.ascii(begun ? "," : "");
      group(out, address.get().address(), labels(service, instance.id(), members));
      begun = true;
    }
  }

  /**
   * Returns the labels of a target. Two members may have names that differ only in characters that labels cannot have: the one
   * that needs no other name gives the label, else the first. A member called service or id takes the place of the node's label of
   * version 1.0, but not of that with the prefix {@link #OWN}.
   */
  private Map<String, String> labels(String service, String id, SortedMap<String, String> members) {
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
    label(labels, ID, id);
    labels.put(OWN + SERVICE, service);
    labels.put(OWN + ID, id);
    return labels;
  }

  private void label(Map<String, String> labels, String name, String value) {
    if (labels.putIfAbsent(LABEL + name, value) != null) {
      counters.unlabelled();
    }
  }

  private static void group(JsonWriter out, Address target, Map<String, String> labels) {
    out.ascii("{\"targets\":[").string(target.toString()).ascii("],\"labels\":{");
    String separator = "";
    for (Map.Entry<String, String> label : labels.entrySet()) {
      out.ascii(separator).string(label.getKey()).raw(':').string(label.getValue());
      separator = ",";
    }
    out.ascii("}}");
  }
}
