package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.RequestCounters;
import io.hera.http.Right;
import io.hera.http.ServiceWalk;
import io.hera.json.ObjectCursor;
import io.hera.store.InstanceDocument;
import io.hera.store.Store;
import io.hera.wire.InstanceAddress;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /_sd/prometheus}: the instances as targets, in the format of Prometheus' HTTP service discovery, always the whole list.
 * A document says where its instance listens by {@code address}, or by {@code host} and {@code port}; its other members become
 * labels. Instances that do not say so are left out and counted. One per HTTP verticle.
 */
public final class PrometheusTargets implements Endpoint {
  private static final String LABEL = "__meta_hera_";

  private final Store store;
  private final ServiceWalk walk;
  private final RequestCounters counters;

  public PrometheusTargets(Store store, RequestCounters counters) {
    this.store = store;
    this.walk = new ServiceWalk(store);
    this.counters = counters;
  }

  @Override
  public String path() {
    return "/_sd/prometheus";
  }

  @Override
  public List<HttpMethod> methods() {
    return READ;
  }

  @Override
  public Right right(HttpMethod method) {
    return Right.NONE;
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    ServiceWalk.Form<List<InstanceDocument>> form = new ServiceWalk.Form<>(
        Buffer.buffer("["), store::documents, this::targets, Buffer.buffer("]"));
    Optional<String> service = exchange.query().service();
    Future<List<String>> services =
        service.map(one -> Future.succeededFuture(List.of(one))).orElseGet(walk::services);
    walk.reply(exchange, form, services);
  }

  private Buffer targets(String service, List<InstanceDocument> instances) {
    Buffer targets = Buffer.buffer();
    for (InstanceDocument instance : instances) {
      Map<String, String> members = ObjectCursor.texts(instance.document());
      Optional<InstanceAddress> address = InstanceAddress.of(members);
      if (address.isPresent()) {
        members.keySet().removeAll(address.get().members());
        targets.appendString(targets.length() == 0 ? "" : ",");
        targets.appendBuffer(group(service, instance.id(), address.get().text(), members));
      } else {
        counters.untargeted();
      }
    }
    return targets;
  }

  private static Buffer group(
      String service, String id, String target, Map<String, String> members) {
    JsonObject labels = new JsonObject();
    members.forEach(
        (name, value) -> labels.put(LABEL + name.replaceAll("[^a-zA-Z0-9_]", "_"), value));
    labels.put(LABEL + "service", service).put(LABEL + "id", id);
    return new JsonObject()
        .put("targets", new JsonArray().add(target))
        .put("labels", labels)
        .toBuffer();
  }
}
